/** A task on its node: it works on its cell, or computes its share, until that is done or its time is up. */
import { hostname } from 'node:os';
import { jobPaths, killedText, readJob, readTask, TASK_FORMAT, toldIn, writeTask, type TaskFile } from '../../cluster';
import { DiskFullError, InputError, messageOf, WorkError } from '../../common/errors';
import { isDiskFull } from '../../common/systemErrors';
import { readStudyFile } from '../../study';
import { sweepFolder, writeOutcome } from '../../sweeps';
import { runCommand } from '../sweep/child';
import { workOnCell } from '../sweep/workOnCell';
import { gainedBy, tooLittleGained } from './gained';
import { goOn } from './goOn';
import { logOfTurn } from './logOfTurn';
import type { Output } from '../printing/output';
import type { Turn } from './turn';

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
    let error =
      job.scheduler === 'slurm' && task.restarts > job.requeues
        ? tooOften(turn)
        : await work(turn, word, { output, signal }).catch(messageOf);
    if (job.kind === 'shards' && error === undefined && !signal.aborted)
      error = await mergeShares(turn, say, output, signal).catch(messageOf);
    if (signal.aborted && error === undefined) {
      clearInterval(beats);
      await goOn(turn, await gainedBy(turn), say, output);
      return;
    }
    await say({ state: 'ended', ...(error !== undefined && { error }) });
    if (error !== undefined) throw new WorkError(error);
  } finally {
    clearInterval(beats);
  }
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

function tooOften({ job, task }: Turn): string {
  return tooLittleGained(`it was begun ${String(task.restarts)} times anew`, job);
}

interface Working {
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Why it ended otherwise than well; undefined where it did, or was stopped. */
function work(turn: Turn, word: string, working: Working): Promise<string | undefined> {
  return turn.job.kind === 'cells' ? workOnTask(turn, word, working) : computeShare(turn, word, working);
}

async function workOnTask({ job }: Turn, id: string, { output, signal }: Working): Promise<string | undefined> {
  const inFile = await readStudyFile(job.studyFile);
  const { sweep } = inFile;
  const cell = sweep?.cells.find((each) => each.id === id);
  if (sweep === undefined || cell === undefined)
    return `The study file has no cell ${id.slice(0, 12)} any more: it was changed after the cell was submitted.`;
  const folder = await sweepFolder(job.studyFile);
  const outcome = await workOnCell({
    cell,
    inFile,
    folder,
    tests: sweep.tests,
    engine: job.engine,
    download: false,
    signal,
    begin: (phase, run, how) =>
      output.log(`${cell.recipe}, seed ${String(cell.seed)}: ${how === 'new' ? '' : `${how}, `}${phase} in ${run}`),
  });
  if (outcome !== undefined) await writeOutcome(folder, id, outcome);
  if (outcome === undefined) return signal.aborted ? undefined : killedText(job);
  if (outcome.error === undefined) output.log(`${cell.recipe}, seed ${String(cell.seed)}: done`);
  return outcome.error;
}

async function computeShare(
  { folder, index, job }: Turn,
  share: string,
  { signal }: Working,
): Promise<string | undefined> {
  const ended = await runCommand([...(job.command ?? []), '--shard', share], jobPaths(folder).log(index), signal);
  if (ended.code === 0 || signal.aborted) return undefined;
  return ended.signal === null ? (ended.error ?? `its process ended with ${String(ended.code)}`) : killedText(job);
}
