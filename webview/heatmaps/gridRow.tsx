/** An image at the checkpoints in sight. */
import type { ReadonlySignal } from '@preact/signals';
import type { Look } from '../heat';
import { Cell } from './cell';
import type { HeatmapsState, ScaleOf } from './heatmapsState';
import { RowHead } from './rowHead';

export interface GridRowProperties {
  readonly state: HeatmapsState;
  readonly row: number;
  /** The columns in sight, half-open. */
  readonly from: number;
  readonly to: number;
  /** The column of the grid's tab stop, if it is in this row. It stays, so that the focus does. */
  readonly kept: number | undefined;
  readonly look: Look;
  readonly scales: ReadonlySignal<ScaleOf>;
  readonly isComputing: ReadonlySignal<boolean>;
}

/** It is rendered where results have come, and not where the grid is scrolled or its cells get another size. */
export function GridRow({ state, row, from, to, kept, look, scales, isComputing }: GridRowProperties) {
  const image = state.images[row] ?? '';
  const explained = state.results.image(image);
  const scale = scales.value(image);
  const isPending = isComputing.value && explained?.usable !== false;
  const columns = Array.from({ length: to - from }, (_, place) => from + place);
  if (kept !== undefined && !columns.includes(kept)) columns.push(kept);
  return (
    <div class="row" role="row" aria-rowindex={row + 2} style={{ '--at': row }}>
      <RowHead state={state} image={image} explained={explained} appearance={look.appearance} />
      {columns.map((column) => {
        const epoch = state.checkpoints[column]?.epoch ?? 0;
        return (
          <Cell
            key={epoch}
            state={state}
            place={{ image, epoch }}
            column={column}
            isTabStop={column === kept}
            explained={explained}
            scale={scale}
            isPending={isPending}
            appearance={look.appearance}
          />
        );
      })}
    </div>
  );
}
