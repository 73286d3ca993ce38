/** One cell of the grid: the image, its heatmap over it, and the prediction. */
import type { ReadonlySignal } from '@preact/signals';
import type { Scale } from '../../src/imaging/heatmap';
import type { ExplainedImage } from '../../src/protocol/engine';
import type { Appearance } from '../common/heat/appearance';
import { shownPicture } from '../common/heat/pictures';
import { className, percent } from '../common/text';
import { HeatStack } from '../heat';
import { cellText, confidenceOf, isRight } from './cellText';
import { shownCell, type HeatmapsState, type ShownHeatmap } from './heatmapsState';
import type { CellPlace } from './settings';

/** The side in pixels of a smooth heatmap in the grid; the browser's own smoothing does the rest. */
const RASTER = 96;

export interface CellProperties {
  readonly state: HeatmapsState;
  readonly place: CellPlace;
  readonly column: number;
  /** Whether the tab key leads to it. */
  readonly isTabStop: boolean;
  readonly explained: ExplainedImage | undefined;
  readonly scale: Scale | undefined;
  readonly isPending: boolean;
  readonly appearance: ReadonlySignal<Appearance>;
}

export function Cell({ state, place, column, isTabStop, explained, scale, isPending, appearance }: CellProperties) {
  const shown = shownCell(state, place.image, place.epoch);
  const text = cellText(state, place, shown, isPending);
  const waiting = shown !== undefined ? '' : isPending ? ' pending' : ' absent';
  return (
    <div
      class={`cell${waiting}`}
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={text}
      title={text}
      tabIndex={isTabStop ? 0 : -1}
      style={{ '--at': column }}
    >
      <HeatStack
        picture={explained?.usable === true ? shownPicture(explained) : undefined}
        map={shown}
        scale={scale}
        appearance={appearance}
        raster={RASTER}
        flat={shown?.flat === true}
      />
      <Caption shown={shown} classNames={state.view.classNames} nothing={isPending ? '…' : '–'} />
    </div>
  );
}

interface CaptionProperties {
  readonly shown: ShownHeatmap | undefined;
  readonly classNames: readonly string[];
  /** Stands where there is no prediction. */
  readonly nothing: string;
}

function Caption({ shown, classNames, nothing }: CaptionProperties) {
  const right = shown === undefined ? null : isRight(shown);
  return (
    <div class="caption" aria-hidden="true">
      {right !== null && <span class={right ? 'mark right' : 'mark wrong'}>{right ? '✓' : '✗'}</span>}
      <span class="class-name">{shown !== undefined && className(classNames, shown.result.predicted)}</span>
      <span class="confidence">{shown === undefined ? nothing : percent(confidenceOf(shown))}</span>
    </div>
  );
}
