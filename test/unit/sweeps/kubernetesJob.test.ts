/** A job that was printed for Kubernetes is no scheduler's that is asked here: its cells are what their run folders say. */
import { access, chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { jobFolder, lookAtScheduler, writeJob, writeTask, type JobFile } from '../../../src/cluster';
import { succeeds } from '../../../src/common/succeeds';
import { awayText, progressText } from '../../../src/extension/sweep/sweepText';
import { shownSweep } from '../../../src/extension/sweep/sweepView';
import { createRun, newRunFolder, writeStatus } from '../../../src/runs';
import { locatedCell, readStudyFile } from '../../../src/study';
import { readSweepState, sweepFolder, type SweepState } from '../../../src/sweeps';
import { ranOn } from '../runs/fixture';

const STUDY = {
  training: { epochs: 4 },
  sweep: { recipes: { a: {}, b: { 'training.learningRate': 0.02 } }, seeds: 1, tests: 'none' },
};

let root: string;
let study: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kubernetes-job-'));
  study = join(root, 's.epochlens.json');
  await writeFile(study, JSON.stringify(STUDY));
  folder = await sweepFolder(study);
  await mkdir(folder, { recursive: true });
});

async function stateOf(): Promise<SweepState> {
  const state = await readSweepState(study);
  if (state === undefined) throw new Error('no sweep');
  return state;
}

/** The first cell's pod trains, the second's has not begun. */
async function handOver(scheduler: JobFile['scheduler']): Promise<SweepState> {
  const { cells } = await stateOf();
  const at = new Date().toISOString();
  const own = jobFolder(folder, 'epochlens-s-1');
  await writeJob(own, {
    ...{ format: 1, name: 'epochlens-s-1', scheduler, host: null, id: scheduler === 'slurm' ? '7' : null },
    ...{ kind: 'cells', studyFile: study, tasks: cells.map(({ cell }) => cell.id), engine: 'embedded' },
    ...{ requeues: 3, memoryBytes: null, time: null, submittedAt: at },
  });
  const word = { format: 1, node: 'pod-0', jobId: 'pod', restarts: 0, startedAt: at, heartbeat: at };
  await writeTask(own, 0, { ...word, state: 'running' });
  const [first] = cells;
  if (first === undefined) throw new Error('no cell');
  const located = locatedCell(await readStudyFile(study), first.cell);
  const run = await newRunFolder(located);
  await createRun({ folder: run, located, cell: first.cell, ...ranOn });
  const far = { startedAt: at, epoch: 2, epochs: 4, step: 0, stepsPerEpoch: 3 };
  await writeStatus(run, { ...far, state: 'training', imagesPerSecond: null, secondsLeft: null });
  return stateOf();
}

it('has its cells shown by their run folders, and Slurm is not named', async () => {
  const state = await handOver('kubernetes');
  expect(state.cells.map((each) => [each.state, each.task])).toEqual([
    ['training', undefined],
    ['new', undefined],
  ]);
  expect(awayText(state)).toBeUndefined();
  const shown = shownSweep(state, null, () => undefined);
  expect(shown.cells.map(({ task, epoch, share }) => ({ task, epoch, share }))).toEqual([
    { task: null, epoch: 2, share: 0.25 },
    { task: null, epoch: null, share: 0 },
  ]);
  expect(JSON.stringify([shown, state.cells.map(progressText)])).not.toMatch(/slurm/i);
  // The same job, were it Slurm's.
  expect(awayText(await handOver('slurm'))).toBe('Slurm: 1 running, 1 queued');
});

it('has nobody ask squeue', async () => {
  const asked = join(root, 'asked');
  await writeFile(join(root, 'squeue'), `#!/bin/sh\n: >'${asked}'\n`);
  await chmod(join(root, 'squeue'), 0o755);
  vi.stubEnv('EPOCHLENS_CACHE', join(root, 'cache'));
  vi.stubEnv('PATH', `${root}${delimiter}${process.env['PATH'] ?? ''}`);
  await handOver('kubernetes');
  expect(await lookAtScheduler(folder)).toBe(false);
  expect(await succeeds(access(asked))).toBe(false);
  await handOver('slurm');
  await lookAtScheduler(folder);
  expect(await succeeds(access(asked))).toBe(true);
  vi.unstubAllEnvs();
});
