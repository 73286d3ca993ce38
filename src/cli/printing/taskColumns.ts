/** Where the tasks are that a cluster was given, for a terminal. */
import { isLive, type TaskProgress, type TaskState } from '../../cluster';
import { counted } from '../../common/counted';
import { NOTHING } from './output';

export const WORDS: Readonly<Record<TaskState, string>> = {
  queued: 'queued',
  running: 'running',
  requeued: 'waits to go on',
  ended: 'ended',
  timedOut: 'timed out',
  outOfMemory: 'out of memory',
  nodeFailed: 'node failed',
  preempted: 'preempted',
  cancelled: 'cancelled',
  failed: 'failed',
  lost: 'lost',
};

export interface Tasked {
  readonly task?: TaskProgress | undefined;
}

/** "1234_5 running, restarted 2×" and its node. */
export function taskColumns({ task }: Tasked): [string, string] {
  if (task === undefined) return [NOTHING, NOTHING];
  const { id, state, restarts, node } = task;
  const again = restarts === 0 ? '' : `, restarted ${String(restarts)}×`;
  return [`${id === undefined ? '' : `${id} `}${WORDS[state]}${again}`, node ?? NOTHING];
}

/** " (its log: …)" of a task that has ended. */
export function logOf(task: TaskProgress | undefined): string {
  return task === undefined ? '' : ` (its log: ${task.log})`;
}

/** Why those wait that a cluster has, a line for all that wait alike. @param all by what names a task without a number */
export function waitingLines(all: readonly (Tasked & { readonly name: string })[]): string[] {
  const ids = new Map<string, string[]>();
  for (const { name, task } of all)
    if (task?.why !== undefined && isLive(task)) ids.set(task.why, [...(ids.get(task.why) ?? []), task.id ?? name]);
  return [...ids].map(([why, own]) => `${shortened(own)}: ${why}`);
}

/** "2 tasks of cells that the study has no more: 4_0, 4_1": all are named, as nothing else names them. */
export function withoutCellLines(tasks: readonly TaskProgress[] = []): string[] {
  if (tasks.length === 0) return [];
  const what = tasks.length === 1 ? 'a cell' : 'cells';
  const ids = tasks.map(({ id, job, index }) => id ?? `${String(index)} of ${job}`);
  return [`${counted(tasks.length, 'task')} of ${what} that the study has no more: ${ids.join(', ')}`];
}

const NAMED = 3;

function shortened(ids: readonly string[]): string {
  const more = ids.length - NAMED;
  return `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

/** As `sweep --json` writes it. */
export function taskDocument(task: TaskProgress | undefined): object | null {
  if (task === undefined) return null;
  const { id, host, state, node, restarts, why, since, log, job } = task;
  return { id: id ?? null, host, state, node: node ?? null, restarts, why: why ?? null, since, log, job };
}
