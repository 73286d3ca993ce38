/** One cell of the grid: the image, its heatmap over it, and the prediction. */
import type { Scale } from '../../src/imaging/heatmap';
import { shownPicture } from '../common/heat/pictures';
import { className, percent } from '../common/text';
import { HeatStack } from '../heat';
import { cellText, confidenceOf, isRight } from './cellText';
import { imageAt, type HeatmapsState } from './heatmapsState';
import { shownCell, type ShownCell } from './shownCell';
import { isComputing, look } from './page';
import type { CellPlace } from './settings';

/** The side in pixels of a smooth heatmap in the grid; the browser's own smoothing does the rest. */
const RASTER = 96;

export interface CellProperties {
  readonly state: HeatmapsState;
  readonly place: CellPlace;
  readonly column: number;
  /** Whether the tab key leads to it. */
  readonly isTabStop: boolean;
  readonly scale: Scale | undefined;
}

export function Cell({ state, place, column, isTabStop, scale }: CellProperties) {
  const explained = imageAt(state, place.image);
  const isPending = isComputing.value && explained?.usable !== false;
  const shown = shownCell(state, place);
  const text = cellText(state, place, shown, isPending);
  const waiting = shown?.heat !== undefined ? '' : isPending ? ' pending' : ' absent';
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
        map={shown?.heat}
        scale={scale}
        appearance={look.appearance}
        raster={RASTER}
        flat={shown?.heat?.flat === true}
      />
      <Caption shown={shown} classNames={state.view.classNames} nothing={isPending ? '…' : '–'} />
    </div>
  );
}

interface CaptionProperties {
  readonly shown: ShownCell | undefined;
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
