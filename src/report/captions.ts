/** What is said under a heatmap. */
import type { ReportImage, View } from './content';
import { isFlat, sharedScale } from '../imaging';
import { html, type Markup } from './markup';
import { overlay } from './pictures';

/** "✓ cat 93 %": what is predicted, whether it is right, and how sure. */
export function verdict(
  { predicted, confidence }: Pick<View, 'predicted' | 'confidence'>,
  label: number | null,
  classNames: readonly string[],
): Markup {
  const right = predicted === label;
  const mark = label === null ? '' : right ? '✓ ' : '✗ ';
  return html`<span class="${label === null ? '' : right ? 'right' : 'wrong'}"
      >${mark}${className(predicted, classNames)}</span
    >
    ${(100 * confidence).toFixed(0)} %`;
}

export function className(index: number | null, classNames: readonly string[]): string {
  return index === null ? 'unknown' : (classNames[index] ?? String(index));
}

/** "test:3" and its class, at the head of a row. */
export function imageHead({ name, label }: ReportImage, classNames: readonly string[]): Markup {
  return html`${name}${label !== null && html`<br /><span class="muted">${className(label, classNames)}</span>`}`;
}

/** A cell: the image under its heatmap, the verdict, and what else there is to say. */
export function viewCell(
  image: ReportImage,
  view: View,
  classNames: readonly string[],
  more: { readonly checkpoint: string; readonly picture?: ReportImage['picture']; readonly extra?: Markup | string },
): Markup {
  const alt = `Heatmap of ${className(view.predicted, classNames)} over ${image.name}, ${more.checkpoint}`;
  return html`${overlay(more.picture ?? image.picture, view.map, alt)}
    <div class="caption">
      ${verdict(view, image.label, classNames)}${isFlat(sharedScale([view.map])) && html`<br /><em>flat</em>`}${
        more.extra !== undefined && html`<br />${more.extra}`
      }
    </div>`;
}
