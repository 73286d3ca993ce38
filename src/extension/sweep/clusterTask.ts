/** What a scheduler has to do with a cell. This file does not import `vscode`. */
import { hadLastWord, isLive, type TaskProgress, type TaskState } from '../../cluster/taskProgress';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { isPending } from './counts';

type WithTask = Pick<CellProgress, 'state' | 'task'>;

/** Whether it is a cluster's at this moment: it waits there, or runs. */
export function isAway({ state, task }: WithTask): boolean {
  return isPending({ state }) && isLive(task);
}

/** Whether it waits for a process of this machine, of which only such cells have an order. */
export function waitsHere(progress: WithTask): boolean {
  return progress.state === 'queued' && !isAway(progress);
}

/** States that say more than the cell's own. */
const TELLING: readonly TaskState[] = ['requeued', 'timedOut', 'outOfMemory', 'nodeFailed', 'preempted', 'lost'];

/** What the cell is by its task, where that says more than the cell's own state. */
export function tellingState({
  state,
  task,
  error,
}: Pick<CellProgress, 'state' | 'task' | 'error'>): TaskState | undefined {
  if (task === undefined || !TELLING.includes(task.state)) return undefined;
  const isMeant = isLive(task) ? state === 'queued' : state === 'failed' && error === task.why;
  return isMeant ? task.state : undefined;
}

/** Whether its task was what worked on it last: a retry goes where that was. */
export function wasAway({ task, status }: Pick<CellProgress, 'task' | 'status'>): boolean {
  return task !== undefined && !isLive(task) && hadLastWord(task, status?.heartbeat);
}

/** How many of its cells run on a cluster, and how many wait there. */
export function countAway({ cells }: Pick<SweepState, 'cells'>): {
  readonly running: number;
  readonly waiting: number;
} {
  const away = cells.filter(isAway);
  const running = away.filter(({ task }) => task?.state === 'running').length;
  return { running, waiting: away.length - running };
}

/** Whether anybody works on what is wanted of it, here or on a cluster. */
export function isGoing(state: Pick<SweepState, 'cells' | 'runner'>): boolean {
  return (state.runner !== undefined && state.cells.some(isPending)) || state.cells.some(isAway);
}

/** Whether Run Sweep would start anything on this machine. */
export function canRunHere({ cells, runner }: Pick<SweepState, 'cells' | 'runner'>): boolean {
  const runs = runner !== undefined && cells.some(isPending);
  return !runs && cells.some((each) => each.state !== 'done' && !isAway(each));
}

/** Where tasks of these cells were handed over, each place once; null is this machine. */
export function hostsOf(cells: readonly { readonly task?: TaskProgress | undefined }[]): (string | null)[] {
  return [...new Set(cells.flatMap(({ task }) => (task === undefined ? [] : [task.host])))];
}
