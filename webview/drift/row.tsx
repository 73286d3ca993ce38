/** A row of the list: the image, its heatmaps over the epochs, and its measurements. */
import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { AttentionImage } from '../../src/protocol/engine';
import type { Appearance } from '../common/heat/appearance';
import { shownPicture } from '../common/heat/pictures';
import type { Results } from '../common/heat/results';
import { className, imageName } from '../common/text';
import { heatInWords, HeatStack, PictureBitmap } from '../heat';
import { columns } from './listHeads';
import { numberText } from './measures';
import type { SortKey } from './savedState';
import { sortValue } from './sorting';
import { Sparkline } from './sparkline';

/** The heatmaps of all rows, and how they look. */
export interface RowHeats {
  readonly results: Results;
  /** Counts changes of the results. */
  readonly version: number;
  readonly appearance: ReadonlySignal<Appearance>;
}

export interface RowProperties {
  readonly image: AttentionImage;
  readonly classNames: readonly string[];
  /** Those whose heatmaps are shown. */
  readonly epochs: readonly number[];
  readonly target: 'predicted' | 'label';
  readonly heats: RowHeats;
}

export function Row({ image, classNames, epochs, target, heats }: RowProperties) {
  const { image: explained, points } = image;
  const label = explained.usable && explained.label !== null ? className(classNames, explained.label) : '';
  return (
    <>
      <span class="image" role="cell">
        {explained.usable && <PictureBitmap class="thumbnail" picture={explained.picture} />}
        <span class="image-words">
          <strong>{imageName(explained.name)}</strong>
          <span class={explained.usable ? 'muted' : 'error-text'}>{explained.usable ? label : explained.problem}</span>
        </span>
      </span>
      <span class="spark" role="cell">
        {points.length > 0 && <Sparkline image={image} />}
      </span>
      <span class="epochs" role="cell">
        {epochs.map((epoch) => (
          <Frame key={epoch} image={image} epoch={epoch} target={target} heats={heats} />
        ))}
      </span>
      {columns().map(({ key }) => (
        <span key={key} class="value" role="cell" title={key === 'settled' ? oneClassTitle(image) : undefined}>
          {valueOf(image, key)}
        </span>
      ))}
    </>
  );
}

/** Pixels a side. */
const RASTER = 44;

interface FrameProperties extends Pick<RowProperties, 'image' | 'target' | 'heats'> {
  readonly epoch: number;
}

function Frame({ image: { image, settled }, epoch, target, heats: { results, appearance } }: FrameProperties) {
  if (!image.usable) return null;
  const result = results.cell(image.name, epoch);
  const whose = result && (target === 'label' ? (image.label ?? result.predicted) : result.predicted);
  const map = whose === undefined ? undefined : result?.heat(whose);
  const title = l10n.t('Epoch {0}', epoch);
  return (
    <span class={epoch === settled ? 'frame settles' : 'frame'} title={title}>
      <HeatStack
        role="img"
        aria-label={map === undefined ? title : `${title}. ${heatInWords(map)}`}
        picture={shownPicture(image)}
        map={map}
        scale={undefined}
        appearance={appearance}
        raster={RASTER}
        flat={false}
      />
      <span class="number" aria-hidden="true">
        {epoch}
      </span>
    </span>
  );
}

function valueOf(image: AttentionImage, key: SortKey): string {
  if (key !== 'settled') return numberText(sortValue(image, key));
  // Nothing can be compared with a flat last map.
  if (image.points.every(({ fromLast }) => fromLast.spearman === null)) return '–';
  return settledText(image.settled, lastOf(image));
}

function oneClassTitle(image: AttentionImage): string {
  const { points, settledFixed } = image;
  if (points.every(({ fixed }) => fixed.lastPrediction.fromLast.spearman === null))
    return l10n.t('The last heatmap is flat: nothing is known.');
  const settled = settledText(settledFixed.lastPrediction, lastOf(image));
  return l10n.t('Of the one class that is predicted last: {0}', settled);
}

function lastOf({ points }: AttentionImage): number {
  return points.at(-1)?.epoch ?? 0;
}

function settledText(settled: number | null, last: number): string {
  return settled === null ? l10n.t('not before {0}', last) : l10n.t('epoch {0}', settled);
}
