/** A task that had to stop goes on: in the same job, or where that may not be in one that follows it. */
import { setTimeout } from 'node:timers/promises';
import { again, CANCELLED, jobPaths, slurmCommand, toldIn, type TaskFile, type ToldToStop } from '../../cluster';
import { messageOf, UnfinishedError, WorkError } from '../../common/errors';
import type { Output } from '../printing/output';
import { tooLittleGained, tooOften } from './gained';
import type { Turn } from './turn';

/**
 * @param gained see `gainedBy` @param say writes into the task's file
 * @throws WorkError where it is given up, or cancelled, or nobody says why it was stopped; UnfinishedError in a pod, whose exit code says that it is not done
 */
export async function goOn(
  turn: Turn,
  gained: string | undefined,
  say: (change: Partial<TaskFile>) => Promise<void>,
  output: Pick<Output, 'log'>,
): Promise<void> {
  const { job, task, before } = turn;
  if (job.scheduler === 'kubernetes') {
    await say({ state: 'requeued', ...(gained !== undefined && { gained }) });
    throw new UnfinishedError('the task was stopped, and goes on in another pod');
  }
  const end = async (error: string): Promise<never> => {
    await say({ state: 'ended', error });
    throw new WorkError(error);
  };
  const why = await asked(turn);
  if (why === 'cancelled') return end(CANCELLED);
  if (typeof why !== 'string') return end(`${NOBODY_SAYS} (${why.problem}) ${again(job).goOn}.`);
  if (task.restarts >= job.requeues) return end(tooOften(task.restarts, job));
  if (before?.state === 'requeued' && gained !== undefined && before.gained === gained)
    return end(tooLittleGained('two turns one after the other gained nothing', job));
  await say({ state: 'requeued', ...(gained !== undefined && { gained }) });
  if (why === 'begunAnew') {
    output.log('Stopped: the scheduler begins it anew by itself.');
    return;
  }
  try {
    await answered(() => slurmCommand(null, 'scontrol', ['requeue', idOf(turn)]));
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
function idOf({ task, index }: Pick<Turn, 'task' | 'index'>): string {
  return `${task.jobId}_${String(index)}`;
}

const NOBODY_SAYS = 'It was stopped by a signal, and Slurm does not say why: perhaps it was cancelled.';

/** Why it is to stop, by the controller's word, or the line in its log where that one is away. */
async function asked({ log, ...turn }: Turn): Promise<ToldToStop | { readonly problem: string }> {
  const told = toldIn(await log());
  const options = told === undefined ? {} : QUICKLY;
  const show = (): Promise<string> => slurmCommand(null, 'scontrol', ['show', 'job', '-o', idOf(turn)], options);
  try {
    // What is told why is not kept waiting: it is killed in seconds.
    const text = await (told === undefined ? answered(show) : show());
    return whyStopped(text, Number(process.env['SLURM_RESTART_COUNT'] ?? 0)) ?? told ?? { problem: 'no such job' };
  } catch (error) {
    return told ?? { problem: messageOf(error) };
  }
}

/** A task that is cancelled is killed, as a rule, after half a minute. */
const QUICKLY = { timeoutMilliseconds: 5000 };

/**
 * 'timeIsUp': it was told in time, or is over its limit, or makes room and nobody begins it again. 'begunAnew': after a
 * preemption, or as an administrator wishes, by the scheduler itself. 'cancelled': and not to go on, though Slurm would
 * requeue it if it was asked to. Undefined where the text does not say.
 * @param text of `scontrol show job -o` @param restarts how often the scheduler had begun it anew before this turn
 */
export function whyStopped(text: string, restarts: number): ToldToStop | undefined {
  const field = (name: string): string => new RegExp(`\\b${name}=(\\S+)`).exec(text)?.[1] ?? '';
  const state = field('JobState');
  if (state === '') return undefined;
  // It says RUNNING to whom it has only warned; of those that are to end COMPLETING, whatever the reason.
  if (state === 'RUNNING') return 'timeIsUp';
  if (Number(field('Restarts')) > restarts || state === 'PENDING') return 'begunAnew';
  const isPreempted = !['', 'None'].includes(field('PreemptTime'));
  return isPreempted || state === 'TIMEOUT' || field('Reason') === 'TimeLimit' ? 'timeIsUp' : 'cancelled';
}

const TRIES = 10;
const AGAIN_MILLISECONDS = 5000;

/** While the controller is away, perhaps for a moment, it is asked again. */
async function answered(ask: () => Promise<string>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === TRIES || !/unable to contact|connect failure|timed out|did not answer/i.test(messageOf(error)))
        throw error;
      await setTimeout(AGAIN_MILLISECONDS);
    }
  }
}

/** The same script for this one task, once this turn has ended. */
async function follow(turn: Turn): Promise<string> {
  const words = [`--dependency=afterany:${idOf(turn)}`, `--array=${String(turn.index)}`];
  const answer = await slurmCommand(null, 'sbatch', ['--parsable', ...words, jobPaths(turn.folder).script]);
  return answer.trim().split(';')[0] ?? '';
}
