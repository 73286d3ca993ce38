/** A task that had to stop goes on: in the same job, or where that may not be in one that follows it. */
import { jobPaths, slurmCommand, type JobFile, type TaskFile } from '../../cluster';
import { messageOf, WorkError } from '../../common/errors';
import type { Output } from '../printing/output';
import { tooLittleGained } from './gained';

/** One beginning of a task. */
export interface Turn {
  /** The job's. */
  readonly folder: string;
  readonly index: number;
  readonly job: JobFile;
  readonly task: TaskFile;
  /** What its last turn said, of a task that was begun anew. */
  readonly before: TaskFile | undefined;
}

/**
 * @param gained see `gainedBy` @param say writes into the task's file
 * @throws WorkError where it is given up, or cancelled
 */
export async function goOn(
  turn: Turn,
  gained: string | undefined,
  say: (change: Partial<TaskFile>) => Promise<void>,
  output: Output,
): Promise<void> {
  const { job, task, before } = turn;
  const end = async (error: string): Promise<never> => {
    await say({ state: 'ended', error });
    throw new WorkError(error);
  };
  const now = await stateNow(turn);
  if (now === 'CANCELLED') return end('It was cancelled.');
  if (task.restarts >= job.requeues)
    return end(tooLittleGained(`it was begun ${String(task.restarts)} times anew`, job));
  if (before?.state === 'requeued' && gained !== undefined && before.gained === gained)
    return end(tooLittleGained('two turns one after the other gained nothing', job));
  await say({ state: 'requeued', ...(gained !== undefined && { gained }) });
  // Of a preemption, or an administrator's requeue, the scheduler begins it again by itself.
  if (now !== 'RUNNING' && now !== 'TIMEOUT') {
    output.log(`Stopped (${now}): the scheduler begins it again.`);
    return;
  }
  try {
    await slurmCommand(null, 'scontrol', ['requeue', idOf(turn)]);
    output.log('Stopped before its time is up: requeued.');
  } catch (refused) {
    const chained = await follow(turn).catch((error: unknown) =>
      end(`It could not go on: ${messageOf(refused)} ${messageOf(error)}`),
    );
    await say({ chained });
    output.log(`Stopped before its time is up: job ${chained} goes on.`);
  }
}

/** "1234_5", as Slurm knows this task. */
function idOf({ task, index }: Turn): string {
  return `${task.jobId}_${String(index)}`;
}

/** Slurm's word; RUNNING where it does not say. */
async function stateNow(turn: Turn): Promise<string> {
  const text = await slurmCommand(null, 'scontrol', ['show', 'job', '-o', idOf(turn)]).catch(() => '');
  return /\bJobState=([A-Z_]+)/.exec(text)?.[1] ?? 'RUNNING';
}

/** The same script for this one task, once this turn has ended. */
async function follow(turn: Turn): Promise<string> {
  const words = [`--dependency=afterany:${idOf(turn)}`, `--array=${String(turn.index)}`];
  const answer = await slurmCommand(null, 'sbatch', ['--parsable', ...words, jobPaths(turn.folder).script]);
  return answer.trim().split(';')[0] ?? '';
}
