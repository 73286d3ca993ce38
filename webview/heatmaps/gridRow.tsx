import { Cell } from './cell';
import type { HeatmapsState } from './heatmapsState';
import { scaleOf } from './page';
import { RowHead } from './rowHead';

export interface GridRowProperties {
  readonly state: HeatmapsState;
  readonly row: number;
  /** The columns in sight, half-open. */
  readonly from: number;
  readonly to: number;
  /** The column of the grid's tab stop, if it is in this row. It stays, so that the focus does. */
  readonly kept: number | undefined;
}

/** An image at the checkpoints in sight. It is not rendered where the grid is scrolled or its cells get another size. */
export function GridRow({ state, row, from, to, kept }: GridRowProperties) {
  const of = state.rows[row] ?? { image: '', method: 0 };
  const scale = scaleOf.value(of);
  const columns = Array.from({ length: to - from }, (_, place) => from + place);
  if (kept !== undefined && !columns.includes(kept)) columns.push(kept);
  return (
    <div class="row" role="row" aria-rowindex={row + 2} style={{ '--at': row }}>
      <RowHead state={state} row={of} />
      {columns.map((column) => {
        const place = { ...of, epoch: state.checkpoints[column]?.epoch ?? 0 };
        const isTabStop = column === kept;
        return (
          <Cell key={place.epoch} state={state} place={place} column={column} isTabStop={isTabStop} scale={scale} />
        );
      })}
    </div>
  );
}
