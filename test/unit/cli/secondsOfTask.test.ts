import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secondsOfTask } from '../../../src/cli/cluster/secondsOfTask';
import { jobFolder, writeJob, type JobFile, type TaskState } from '../../../src/cluster';
import { createRun, newRunFolder, writeStatus } from '../../../src/runs';
import { appendMetrics, metricsLine, UNMEASURED } from '../../../src/runs/metrics/metrics';
import { appendSums } from '../../../src/runs/sums/sums';
import { locatedCell, readStudyFile } from '../../../src/study';
import { readSweepState, type CellProgress, type SweepState } from '../../../src/sweeps';
import { ranOn } from '../runs/fixture';

let place: string;
let study: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'epochlens-seconds-'));
  study = join(place, 's.epochlens.json');
  const sweep = { recipes: { a: {}, b: { 'training.learningRate': 0.02 } }, seeds: 1, tests: 'none' };
  await writeFile(study, JSON.stringify({ training: { epochs: 10, seed: 5 }, sweep }));
});
afterEach(() => rm(place, { recursive: true, force: true }));

async function stateNow(): Promise<SweepState> {
  const state = await readSweepState(study);
  if (state === undefined) throw new Error('no sweep');
  return state;
}

/** A run of the first cell that was cancelled after an epoch of so many seconds. */
async function cancelledAfter(seconds: number): Promise<void> {
  const inFile = await readStudyFile(study);
  const [cell] = inFile.sweep?.cells ?? [];
  if (cell === undefined) throw new Error('no cell');
  const located = locatedCell(inFile, cell);
  const folder = await newRunFolder(located);
  await createRun({ folder, located, cell, ...ranOn });
  const steps = { step: 0, stepsPerEpoch: 3, imagesPerSecond: null, secondsLeft: null };
  await writeStatus(folder, {
    startedAt: new Date().toISOString(),
    epoch: 1,
    epochs: 10,
    ...steps,
    state: 'cancelled',
  });
  const { line, row } = metricsLine({ ...UNMEASURED, epoch: 1, seconds });
  await appendSums(folder, [row], 1);
  await appendMetrics(folder, line);
}

async function job(id: number, time: string | null, more: Partial<JobFile> = {}): Promise<string> {
  const { folder, cells } = await stateNow();
  const name = `epochlens-${String(id)}`;
  const own = jobFolder(folder, name);
  await writeJob(own, {
    ...{ format: 1, name, scheduler: 'slurm', host: null, id: String(id), kind: 'cells', studyFile: study },
    ...{ tasks: cells.map(({ cell }) => cell.id), engine: 'embedded', requeues: 20, memoryBytes: null, time },
    submittedAt: `2026-11-30T12:00:0${String(id)}.000Z`,
    ...more,
  });
  return own;
}

/** All cells are asked for again, whose tasks were of that job and ended so. */
async function secondsAgain(of: string, state: TaskState, host: string | null = null): Promise<number | undefined> {
  const { cells, ...all } = await stateNow();
  const planned = cells.map((each) => ({ ...each, task: { job: of, state } as CellProgress['task'] }));
  return secondsOfTask(planned, { cells: cells.map(({ cell }) => cell) }, all, host);
}

it('is twice a whole cell’s by the epochs that were trained, also of cells that were cancelled or failed', async () => {
  await cancelledAfter(60);
  const state = await stateNow();
  expect(state.cells.map((each) => each.state)).toEqual(['cancelled', 'new']);
  // 2 × 10 epochs × 60 s.
  const { cells } = state;
  const sweep = { cells: cells.map(({ cell }) => cell) };
  expect(await secondsOfTask(cells, sweep, state, null)).toBe(1200);
  expect(await secondsOfTask(cells.slice(0, 1), sweep, state, null)).toBe(1200);
});

it('is no less than what did not suffice', async () => {
  await cancelledAfter(60);
  const long = await job(1, '01:00:00');
  expect(await secondsAgain(long, 'timedOut')).toBe(3600);
  expect(await secondsAgain(long, 'failed')).toBe(1200);
});

it('is that of the newest job of these cells where no epoch was trained, and of no other cluster', async () => {
  const first = await job(1, '01:00:00');
  const second = await job(2, '00:20:00');
  await job(3, '09:00:00');
  expect(await secondsAgain(first, 'failed')).toBe(3600);
  expect(await secondsAgain(second, 'timedOut')).toBe(1200);
  expect(await secondsAgain(await job(4, null), 'failed')).toBeUndefined();
  expect(await secondsAgain(second, 'failed', 'me@login')).toBeUndefined();
});
