/** The order of what waits. Only that can be ordered: the rest runs, or is over. */
import type { ShownCell } from '../../src/protocol/sweepPanel';
import { waitsHere } from './cellText';

type Waiting = Pick<ShownCell, 'id' | 'state' | 'task'>;

export function waitingIds(cells: readonly Waiting[]): string[] {
  return cells.filter(waitsHere).map(({ id }) => id);
}

/** The order after a cell was moved so many places later, or earlier; undefined where that changes nothing. */
export function movedOrder(cells: readonly Waiting[], id: string, places: number): string[] | undefined {
  const ids = waitingIds(cells);
  const from = ids.indexOf(id);
  const to = Math.min(Math.max(from + places, 0), ids.length - 1);
  return from < 0 || to === from ? undefined : placed(ids, id, to);
}

/** The order after a cell was dropped on another one, whose place it takes. */
export function droppedOrder(cells: readonly Waiting[], id: string, onto: string): string[] | undefined {
  const ids = waitingIds(cells);
  const [from, to] = [ids.indexOf(id), ids.indexOf(onto)];
  return from < 0 || to < 0 || from === to ? undefined : placed(ids, id, to);
}

function placed(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((each) => each !== id);
  others.splice(to, 0, id);
  return others;
}
