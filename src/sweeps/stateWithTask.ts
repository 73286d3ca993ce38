/** What a cell is by its run folder, and by the task of it that a cluster has or had. */
import { hadLastWord, isLive, type TaskProgress } from '../cluster';
import type { CellState } from './cellState';

export interface OfTask {
  readonly state: CellState;
  /** Of one that has failed for a reason that its run folder does not say. */
  readonly error?: string;
}

/**
 * Undefined where its task says no more than its run folder does.
 * @param ofDisk what its run folder and outcome say
 * @param isTrained to the end, whether or not it is tested
 * @param heartbeat when the training of its run folder last said that it lives
 */
export function stateWithTask(
  ofDisk: CellState,
  task: TaskProgress | undefined,
  { isTrained, heartbeat }: { readonly isTrained: boolean; readonly heartbeat: string | undefined },
): OfTask | undefined {
  if (task === undefined || ofDisk === 'done') return undefined;
  const isNewer = hadLastWord(task, heartbeat);
  // A training beside the cluster's, or one of whose node the scheduler has not yet heard.
  if (ofDisk === 'training' && (task.state === 'running' || !isNewer)) return undefined;
  if (task.state === 'running') return { state: isTrained ? 'testing' : 'training' };
  if (isLive(task)) return { state: 'queued' };
  if (!isNewer && WORKED_ON.includes(ofDisk)) return undefined;
  if (task.state === 'cancelled') return { state: 'cancelled' };
  if (task.state === 'ended' && (task.why === undefined || ofDisk === 'failed')) return undefined;
  return { state: 'failed', ...(task.why !== undefined && { error: task.why }) };
}

/** After its task: a 'new' one whose run was worked on is trained to the end, and not yet tested. */
const WORKED_ON: readonly CellState[] = ['failed', 'cancelled', 'interrupted', 'new'];
