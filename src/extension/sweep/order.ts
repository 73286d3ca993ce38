/** The order of what waits in a sweep. This file does not import `vscode`. */
import type { CellProgress } from '../../sweeps/sweepState';
import { waitsHere } from './clusterTask';

type Waiting = Pick<CellProgress, 'state' | 'task'> & { readonly cell: { readonly id: string } };

/** The ids of the cells that wait here, in their order: a cluster has its own. */
export function waitingIds(cells: readonly Waiting[]): string[] {
  return cells.filter(waitsHere).map(({ cell }) => cell.id);
}

/** The order in which one of the waiting cells is so many places later, or with a negative number earlier. */
export function movedOrder(cells: readonly Waiting[], id: string, places: number): string[] {
  const ids = waitingIds(cells);
  const from = ids.indexOf(id);
  if (from < 0) return ids;
  const others = ids.filter((each) => each !== id);
  others.splice(Math.min(Math.max(from + places, 0), others.length), 0, id);
  return others;
}

/** The order in which it is the first that waits. */
export function firstOrder(cells: readonly Waiting[], id: string): string[] {
  return [id, ...waitingIds(cells).filter((each) => each !== id)];
}
