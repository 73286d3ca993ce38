/** Sweeps on a real Slurm, and what their tasks are at, for tests that hand them over. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readJobs, readTask, type StoredJob, type TaskFile } from '../../src/cluster';
import { listCheckpoints } from '../../src/runs';
import { readSweepState, sweepFolder, type CellProgress } from '../../src/sweeps';
import type { Slurm } from '../slurm';
import { dist, epochlens, type Finished } from './cli';

const ON = ['--on', 'slurm', '--engine', 'embedded', '--cpus', '1'];

export function submit(
  slurm: Slurm,
  path: string,
  more: string[] = [],
  env: NodeJS.ProcessEnv = {},
  program = join(dist, 'cli.js'),
): Promise<Finished> {
  return epochlens(['sweep', path, ...ON, ...more], { env: { ...slurm.env, ...env }, program });
}

export async function jobsOf(path: string): Promise<StoredJob[]> {
  return readJobs(await sweepFolder(path));
}

export async function newestJob(path: string): Promise<StoredJob> {
  const job = (await jobsOf(path)).at(-1);
  if (job === undefined) throw new Error(`no job of ${path}`);
  return job;
}

/** As Slurm knows the first task of the newest job. */
export async function firstTask(path: string): Promise<string> {
  return `${(await newestJob(path)).job.id ?? ''}_0`;
}

export async function cellsOf(path: string): Promise<readonly CellProgress[]> {
  return (await readSweepState(path))?.cells ?? [];
}

/** The cells' states by their recipes. */
export async function statesOf(path: string): Promise<Record<string, string>> {
  return Object.fromEntries((await cellsOf(path)).map(({ cell, state }) => [cell.recipe, state]));
}

/** The SHA-256 of each cell's checkpoints, by its recipe. */
export async function checkpointsOf(path: string): Promise<Record<string, string[]>> {
  const sums = async (run: string): Promise<string[]> =>
    Promise.all(
      (await listCheckpoints(run)).map(async (each) =>
        createHash('sha256')
          .update(await readFile(each.path))
          .digest('hex'),
      ),
    );
  const cells = (await cellsOf(path)).filter(({ run }) => run !== undefined);
  return Object.fromEntries(
    await Promise.all(cells.map(async ({ cell, run = '' }) => [cell.recipe, await sums(run)] as const)),
  );
}

export async function until<T>(what: () => Promise<T | undefined | false>, why: string, minutes = 1.5): Promise<T> {
  for (const end = performance.now() + 60_000 * minutes; performance.now() < end;) {
    const value = await what();
    if (value !== undefined && value !== false) return value;
    await setTimeout(200);
  }
  throw new Error(`never: ${why}`);
}

/** What a task says once it needs nothing more of Slurm; fails with the logs where that takes too long. */
export async function ended(slurm: Slurm, path: string, index = 0, minutes = 1.5): Promise<TaskFile> {
  const { folder } = await newestJob(path);
  const own = async (): Promise<TaskFile | undefined> => {
    const known = await readTask(folder, index);
    return known?.state === 'ended' ? known : undefined;
  };
  return until(own, `task ${String(index)} ends`, minutes).catch(async (error: unknown) => {
    const logs = join(folder, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    throw new Error(`${String(error)}\n${await slurm.ask('squeue')}\n${texts.join('\n')}`);
  });
}

/** Of the newest job's first task: a step of the training is done in this turn, which only the run's status says. */
export async function trainsIn(path: string, turn: number): Promise<void> {
  const { folder, job } = await newestJob(path);
  await until(
    async () => {
      const task = await readTask(folder, 0);
      const status = (await cellsOf(path)).find(({ cell }) => cell.id === job.tasks[0])?.status;
      const isNew = Date.parse(status?.startedAt ?? '') >= Date.parse(task?.startedAt ?? '');
      return task?.restarts === turn && task.state === 'running' && isNew && (status?.step ?? 0) > 0;
    },
    `it trains in turn ${String(turn)}`,
  );
}

/** Tells the task what Slurm tells it when its time is up, once it trains. */
export async function stopWithin(slurm: Slurm, path: string, turn = 0): Promise<void> {
  await trainsIn(path, turn);
  await slurm.ask('scancel', '--signal=USR2', '--batch', await firstTask(path));
}
