/** The pictures of a row: the image, the heatmaps of two classes over it, and their difference. */
import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { ExplainedImage } from '../../src/protocol/engine';
import type { Appearance } from '../common/heat/appearance';
import { shownPicture } from '../common/heat/pictures';
import type { ImageResult } from '../common/heat/results';
import { className, percent, shortNumber } from '../common/text';
import { heatInWords, HeatStack, PictureStack } from '../heat';
import type { Comparison } from './compare';

/** The side in pixels of a smooth heatmap; the browser's own smoothing does the rest. */
export const RASTER = 96;

export interface MapsProperties {
  readonly names: readonly string[];
  readonly label: number;
  /** Undefined until it is there, like the result and what is compared of it. */
  readonly image: ExplainedImage | undefined;
  readonly result: ImageResult | undefined;
  readonly comparison: Comparison | undefined;
  readonly computing: boolean;
  readonly appearance: ReadonlySignal<Appearance>;
}

export function Maps({ names, label, image, result, comparison, computing, appearance }: MapsProperties) {
  const picture = image?.usable === true ? shownPicture(image) : undefined;
  const name = className(names, label);
  const awaited = computing ? l10n.t('being computed') : l10n.t('not computed');
  const mark = computing ? '…' : '–';

  /** A class's map, or what it waits for: texts about another layer's maps do not apply to the next ones. */
  function heat(kind: 'predicted' | 'other', title: (of: string, share: string) => string) {
    const target = comparison?.[kind];
    if (result === undefined || comparison === undefined || target === undefined) {
      return (
        <Figure kind={kind} caption={mark} title={awaited}>
          <PictureStack role="img" aria-label={awaited} picture={picture} />
        </Figure>
      );
    }
    const [of, share] = [className(names, target), percent(result.probabilities[target] ?? 0)];
    const said = title(of, share);
    return (
      <Figure kind={kind} caption={`${of} ${share}`} title={said}>
        <HeatStack
          role="img"
          aria-label={`${said}. ${heatInWords(comparison.maps[kind])}`}
          picture={picture}
          map={comparison.maps[kind]}
          scale={comparison.scale}
          appearance={appearance}
          raster={RASTER}
          flat={comparison.maps[kind].flat}
        />
      </Figure>
    );
  }

  const other = (of: string, share: string): string =>
    comparison?.predicted === label ? l10n.t('runner-up: {0}, {1}', of, share) : l10n.t('label: {0}, {1}', of, share);
  const differs = comparison && differenceTitle(names, comparison);
  return (
    <div class="maps">
      <Figure kind="original" caption={name} title={l10n.t('The image, of the class {0}', name)}>
        <PictureStack role="img" aria-label={l10n.t('The image, of the class {0}', name)} picture={picture} />
      </Figure>
      {heat('predicted', (of, share) => l10n.t('predicted: {0}, {1}', of, share))}
      {heat('other', other)}
      <Figure
        kind="difference"
        caption={comparison ? l10n.t('at most {0}', shortNumber(comparison.difference.most)) : mark}
        title={differs ?? awaited}
      >
        <HeatStack
          role="img"
          aria-label={differs ?? awaited}
          picture={picture}
          map={comparison?.difference}
          scale={undefined}
          appearance={appearance}
          raster={RASTER}
          flat={false}
        />
      </Figure>
    </div>
  );
}

function differenceTitle(names: readonly string[], { predicted, other }: Comparison): string {
  const [first, second] = [className(names, predicted), className(names, other)];
  return l10n.t('{0} less {1}: red is heat for {0} alone, blue for {1}', first, second);
}

interface FigureProperties {
  readonly kind: string;
  readonly caption: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Figure({ kind, caption, title, children }: FigureProperties) {
  return (
    <figure class={kind} title={title}>
      {children}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
