/** A task on its node: it works on its cell, or computes its share, until that is done or its time is up. */
import { hostname } from 'node:os';
import { jobPaths, readJob, readTask, TASK_FORMAT, toldIn, writeTask, type TaskFile } from '../../cluster';
import { DiskFullError, InputError, messageOf, WorkError } from '../../common/errors';
import { isDiskFull } from '../../common/systemErrors';
import { gainedBy, tooOften } from './gained';
import { goOn } from './goOn';
import { logOfTurn } from './logOfTurn';
import { mergeShares } from './mergeShares';
import type { Output } from '../printing/output';
import type { Turn } from './turn';
import { workOfTask, type EndOfWork } from './workOfTask';

const BEAT_MILLISECONDS = 30_000;

/**
 * Runs the task to its end, or hands it back to the scheduler.
 * @param signal raised where its time is up
 * @throws InputError where there is no such task; WorkError where it ended otherwise than well; DiskFullError where that
 * is why
 */
export async function runTask(folder: string, index: number, output: Output, signal: AbortSignal): Promise<void> {
  try {
    await runTurn(folder, index, output, signal);
  } catch (error) {
    if (!isDiskFull(messageOf(error))) throw error;
    throw new DiskFullError(messageOf(error), {}, { cause: error });
  }
}

async function runTurn(folder: string, index: number, output: Output, signal: AbortSignal): Promise<void> {
  const job = await readJob(folder);
  const word = job?.tasks[index];
  if (job === undefined || word === undefined)
    throw new InputError('there is no such task', {
      file: jobPaths(folder).job,
      found: job === undefined ? 'no job.json that this program can read' : `task ${String(index)}`,
      expected: job === undefined ? 'what sweep --on has written' : `0 to ${String(job.tasks.length - 1)}`,
    });
  const log = await logOfTurn(jobPaths(folder).log(index));
  const before = await readTask(folder, index);
  const task = beginning(before);
  const say = sayingOf(folder, index, task);
  await say({});
  const beats = setInterval(() => void say({}).catch(() => undefined), BEAT_MILLISECONDS);
  const turn: Turn = { folder, index, job, task, before, log };
  const tell = async (): Promise<void> => say({ told: toldIn(await log()) ?? 'unknown' });
  signal.addEventListener('abort', () => void tell().catch(() => undefined), { once: true });
  try {
    let end: EndOfWork | undefined =
      job.scheduler === 'slurm' && task.restarts > job.requeues
        ? { error: tooOften(task.restarts, job) }
        : await workOfTask(turn, word, { output, signal }).catch(errorOnly);
    if (job.kind === 'shards' && end === undefined && !signal.aborted)
      end = await mergeShares(turn, say, output, signal).then(
        (error) => (error === undefined ? undefined : { error }),
        errorOnly,
      );
    if (signal.aborted && end === undefined) {
      clearInterval(beats);
      await goOn(turn, await gainedBy(turn), say, output);
      return;
    }
    await say({ state: 'ended', ...end });
    if (end !== undefined) throw new WorkError(end.error);
  } finally {
    clearInterval(beats);
  }
}

function errorOnly(thrown: unknown): EndOfWork {
  return { error: messageOf(thrown) };
}

/** Writes changes into the task's file, one after another. */
function sayingOf(folder: string, index: number, task: TaskFile): (change: Partial<TaskFile>) => Promise<void> {
  let current = task;
  let writing: Promise<unknown> = Promise.resolve();
  return (change) => {
    const own = writing.then(() => {
      current = { ...current, ...change, heartbeat: new Date().toISOString() };
      return writeTask(folder, index, current);
    });
    writing = own.catch(() => undefined);
    return own;
  };
}

function beginning(before: TaskFile | undefined): TaskFile {
  const ofSlurm = Number(process.env['SLURM_RESTART_COUNT'] ?? 0);
  const now = new Date().toISOString();
  return {
    format: TASK_FORMAT,
    node: process.env['SLURMD_NODENAME'] ?? hostname(),
    jobId: process.env['SLURM_ARRAY_JOB_ID'] ?? process.env['SLURM_JOB_ID'] ?? '',
    restarts: Math.max(ofSlurm, before === undefined ? 0 : before.restarts + 1),
    startedAt: now,
    heartbeat: now,
    state: 'running',
    ...(before?.gained !== undefined && { gained: before.gained }),
  };
}
