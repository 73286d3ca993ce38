/** A row of the list: the image, its heatmaps over the epochs, and its measurements. */
import type { AttentionImage } from '../../src/protocol/engine';
import { h } from '../common/dom';
import { DEFAULT_APPEARANCE } from '../common/heat/appearance';
import { heatValues, paintHeat, paintPicture } from '../common/heat/paint';
import type { ImageResult, Results } from '../common/heat/results';
import { className, imageName } from '../common/text';
import { numberText } from './measures';
import { sortValue } from './sorting';
import { sparkline } from './sparkline';
import type { SortKey } from './savedState';

/** Pixels a side. */
const RASTER = 44;

export interface Row {
  readonly element: HTMLElement;
  draw(results: Results, epochs: readonly number[], target: 'predicted' | 'label'): void;
}

interface Frame {
  readonly element: HTMLElement;
  readonly picture: HTMLCanvasElement;
  readonly heat: HTMLCanvasElement;
  drawn: ImageResult | undefined;
}

export const COLUMNS: readonly { readonly key: SortKey; readonly text: string; readonly title: string }[] = [
  { key: 'settled', text: 'Settled', title: 'The first epoch from which on the heatmap stays like the last one' },
  { key: 'alike', text: 'First ~ last', title: 'Rank correlation of the first epoch’s heatmap with the last one’s' },
  {
    key: 'moves',
    text: 'Steadiness',
    title: 'Mean rank correlation with the epoch before: the lower, the more it moves',
  },
  { key: 'entropy', text: 'Entropy', title: 'At the last epoch: 0 is one place, 1 is even' },
  { key: 'inMask', text: 'Inside', title: 'Share of heat inside the object at the last epoch' },
];

export function createRow(image: AttentionImage, classNames: readonly string[]): Row {
  const { image: explained } = image;
  const label = explained.usable && explained.label !== null ? className(classNames, explained.label) : '';
  const thumbnail = h('canvas', { class: 'thumbnail', 'aria-hidden': 'true' });
  if (explained.usable) paintPicture(thumbnail, explained.picture);
  const frames = new Map<number, Frame>();
  const strip = h('div', { class: 'epochs', 'aria-hidden': 'true' });
  const settled = settledValue(image);
  const values = COLUMNS.map(({ key }) =>
    key === 'settled'
      ? h('span', { class: 'value', role: 'cell', title: oneClassTitle(image) }, settled)
      : h('span', { class: 'value', role: 'cell' }, numberText(sortValue(image, key))),
  );
  const element = h(
    'div',
    { class: 'row', role: 'row', tabindex: -1 },
    h(
      'span',
      { class: 'image', role: 'cell' },
      thumbnail,
      h(
        'span',
        { class: 'image-words' },
        h('strong', {}, imageName(explained.name)),
        h('span', { class: explained.usable ? 'muted' : 'error-text' }, explained.usable ? label : explained.problem),
      ),
    ),
    h('span', { class: 'spark', role: 'cell' }, image.points.length > 0 && sparkline(image)),
    strip,
    ...values,
  );
  const words = COLUMNS.map(
    ({ text, key }) => `${text} ${key === 'settled' ? settled : numberText(sortValue(image, key))}`,
  );
  element.setAttribute(
    'aria-label',
    `${imageName(explained.name)}, ${label}. ${words.join(', ')}. Enter shows its heatmaps.`,
  );

  function frameAt(epoch: number): Frame {
    const known = frames.get(epoch);
    if (known !== undefined) return known;
    const picture = h('canvas', { class: 'picture' });
    const heat = h('canvas', { class: 'heat' });
    if (explained.usable) paintPicture(picture, explained.picture);
    const at = h(
      'span',
      { class: `frame${epoch === image.settled ? ' settles' : ''}`, title: `Epoch ${epoch}` },
      h('span', { class: 'stack' }, picture, heat),
      h('span', { class: 'number' }, epoch),
    );
    const frame: Frame = { element: at, picture, heat, drawn: undefined };
    frames.set(epoch, frame);
    return frame;
  }

  return {
    element,
    draw(results, epochs, target) {
      const shown = epochs.map(frameAt);
      if (
        shown.some((frame, place) => strip.children[place] !== frame.element) ||
        strip.children.length !== shown.length
      )
        strip.replaceChildren(...shown.map((frame) => frame.element));
      if (!explained.usable) return;
      for (const [place, frame] of shown.entries()) {
        const result = results.cell(explained.name, epochs[place] as number);
        if (result === frame.drawn || result === undefined) continue;
        frame.drawn = result;
        const whose = target === 'label' ? (explained.label ?? result.predicted) : result.predicted;
        paintHeat(
          frame.heat,
          heatValues({ map: result.map(whose), range: result.range(whose) }, undefined, true, RASTER),
          DEFAULT_APPEARANCE,
        );
      }
    },
  };
}

/** Nothing can be compared with a flat last map. */
function settledValue({ points, settled }: AttentionImage): string {
  if (points.every(({ fromLast }) => fromLast.spearman === null)) return '–';
  return settledEpochText(settled, points.at(-1)?.epoch ?? 0);
}

function oneClassTitle({ points, settledFixed }: AttentionImage): string {
  if (points.every(({ fixed }) => fixed.lastPrediction.fromLast.spearman === null))
    return 'The last heatmap is flat: nothing is known.';
  return `Of the one class that is predicted last: ${settledEpochText(settledFixed.lastPrediction, points.at(-1)?.epoch ?? 0)}`;
}

function settledEpochText(settled: number | null, last: number): string {
  return settled === null ? `not before ${last}` : `epoch ${settled}`;
}
