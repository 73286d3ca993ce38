import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asBefore } from '../../../src/cli/cluster/asBefore';
import type { ClusterOptions } from '../../../src/cli/cluster/options';
import { jobFolder, writeJob, type JobFile, type TaskState } from '../../../src/cluster';
import type { CellProgress } from '../../../src/sweeps';

const GIBIBYTE = 2 ** 30;
let folder: string;
let said: string[];

beforeEach(async () => {
  said = [];
  folder = await mkdtemp(join(tmpdir(), 'epochlens-before-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function job(id: number, change: Partial<JobFile>): Promise<void> {
  const name = `epochlens-${String(id)}`;
  await writeJob(jobFolder(folder, name), {
    ...{
      format: 1,
      name,
      scheduler: 'slurm',
      host: null,
      id: String(id),
      kind: 'cells',
      studyFile: '/s',
      tasks: ['c'],
    },
    ...{ engine: 'embedded', requeues: 20, memoryBytes: 4 * GIBIBYTE, time: '01:00:00' },
    submittedAt: `2026-11-30T12:00:0${String(id)}.000Z`,
    ...change,
  });
}

/** What is asked for where cells of these jobs are retried, each by its task's state. */
async function again(
  cells: readonly (readonly [number, TaskState, boolean?])[],
  options: ClusterOptions = {},
): Promise<unknown> {
  const planned = cells.map(([id, state, isKilled]) => ({
    task: { job: jobFolder(folder, `epochlens-${String(id)}`), state, isKilled },
  })) as unknown as CellProgress[];
  return asBefore(options, { folder }, planned, { log: (line) => said.push(line) });
}

it('is what the newest job of these cells was asked for, but for what is given anew', async () => {
  await job(1, { asked: { partition: 'old' } });
  await job(2, {
    host: 'me@login',
    asked: { partition: 'gpu', memory: 4 * GIBIBYTE, cpus: 2, limit: 8, nodeLocal: '/a b' },
  });
  await job(3, { asked: { partition: 'of other cells' } });
  const options = { partition: 'gpu', memory: 4 * GIBIBYTE, limit: 8, nodeLocal: '/a b', host: 'me@login', cpus: 16 };
  const both = [
    [1, 'failed'],
    [2, 'cancelled'],
  ] as const;
  expect(await again(both, { cpus: 16 })).toEqual({ options, engine: 'embedded' });
  expect(said).toEqual([
    "As job 2 was: --host me@login --partition gpu --memory 4096M --limit 8 --node-local '/a b' --engine embedded",
  ]);
  // Of another host nothing was asked, and of files of former programs nothing is known.
  expect(await again(both, { host: 'other' })).toEqual({ options: { host: 'other' }, engine: undefined });
  await job(4, {});
  expect(await again([[4, 'failed']])).toEqual({ options: {}, engine: 'embedded' });
});

it('says what to give where time or memory did not suffice, unless that is given', async () => {
  await job(1, { asked: { time: '01:00:00' } });
  const cells = [
    [1, 'timedOut'],
    [1, 'timedOut'],
    [1, 'outOfMemory'],
    [1, 'failed'],
    [1, 'ended', true],
    [1, 'failed', true],
  ] as const;
  await again(cells);
  expect(said.slice(1)).toEqual([
    '2 cells ran out of time: where 01:00:00 is too short, give --time 02:00:00.',
    '1 cell ran out of memory: give --memory 8G, or smaller batches.',
    '2 cells were killed, perhaps for want of memory: if so, give --memory 8G, or smaller batches.',
  ]);
  said = [];
  expect(await again(cells, { time: '03:00:00', memory: 'none' })).toMatchObject({ options: { time: '03:00:00' } });
  expect(said).toEqual(['As job 1 was: --engine embedded']);
});
