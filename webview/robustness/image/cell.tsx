/** One cell: the clean or perturbed image, the heatmap over it, the prediction, and the similarity of the heatmaps. */
import { useComputed, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Scale } from '../../../src/imaging/heatmap';
import type { Appearance } from '../../common/heat/appearance';
import type { Position } from '../../common/gridKeys';
import { className, percent } from '../../common/text';
import { HeatStack } from '../../heat';
import { perturbedOf, pictureOf, predictionOf, type ImageRow, type ImageState } from './imageState';
import { cellText, confidenceOf, dropText, isFlipped, similarityText } from './words';

/** The side in pixels of a smooth heatmap; the browser's own smoothing does the rest. */
const RASTER = 96;

export interface CellProperties {
  readonly of: ImageState;
  readonly row: ImageRow;
  readonly epoch: number;
  readonly at: Position;
  /** The grid's tab stop. */
  readonly current: ReadonlySignal<Position>;
  readonly scale: Scale | undefined;
  readonly appearance: ReadonlySignal<Appearance>;
  /** Whether what is missing will come. */
  readonly computing: boolean;
}

export function Cell({ of, row, epoch, at, current, scale, appearance, computing }: CellProperties) {
  const prediction = predictionOf(of, row, epoch);
  const perturbed = perturbedOf(of, row, epoch);
  const text = cellText(of, row, epoch, computing);
  const state = prediction !== undefined ? '' : computing ? ' pending' : ' absent';
  const tabStop = useComputed(() => (current.value.row === at.row && current.value.column === at.column ? 0 : -1));
  return (
    <div
      class={`cell${state}`}
      role="gridcell"
      tabIndex={tabStop}
      aria-label={text}
      title={text}
      data-row={at.row}
      data-column={at.column}
    >
      <HeatStack
        picture={pictureOf(of, row)}
        map={prediction}
        flat={prediction?.flat === true}
        scale={scale}
        appearance={appearance}
        raster={RASTER}
      >
        {isFlipped(of, row, epoch) && <span class="flipped">{l10n.t('flipped')}</span>}
      </HeatStack>
      <div class="said" aria-hidden="true">
        <div class="caption">
          {prediction === undefined ? (
            <span class="confidence">{computing ? '…' : '–'}</span>
          ) : (
            <>
              <Mark right={of.label === null ? null : prediction.predicted === of.label} />
              <span class="class-name">{className(of.view.classNames, prediction.predicted)}</span>
              <span class="confidence">{percent(confidenceOf(prediction))}</span>
            </>
          )}
        </div>
        {perturbed !== undefined && (
          <>
            <span class="drop">{dropText(perturbed)}</span>
            <span class="alike muted">{similarityText(perturbed)}</span>
          </>
        )}
      </div>
    </div>
  );
}

/** Whether a prediction is right; nothing where that is not known. */
function Mark({ right }: { readonly right: boolean | null }) {
  if (right === null) return null;
  return <span class={right ? 'mark right' : 'mark wrong'}>{right ? '✓' : '✗'}</span>;
}
