/** How far a sweep is, by run folders, queue and outcomes that are written here by the functions that write them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRun, newRunFolder, writeStatus, type RunStatus } from '../../../src/runs';
import { locatedCell, readStudyFile, type Cell } from '../../../src/study';
import {
  changeQueue,
  readOutcomes,
  readSweepState,
  sweepFolder,
  testsKey,
  writeOutcome,
  writeRunner,
  type SweepState,
} from '../../../src/sweeps';
import { ranOn } from '../runs/fixture';

const STUDY = {
  training: { epochs: 2, seed: 5 },
  perturbations: [{ kind: 'rotation', degrees: [-10, 10] }],
  sweep: { recipes: { a: {}, b: { 'training.learningRate': 0.02 } }, seeds: 1, tests: 'last' },
};

let study: string;
let folder: string;
let cell: Cell;

const put = (text: object, path = study): Promise<void> => writeFile(path, JSON.stringify(text));

async function stateOf(path = study): Promise<SweepState> {
  const state = await readSweepState(path);
  if (state === undefined) throw new Error('no sweep');
  return state;
}

const first = async (): Promise<SweepState['cells'][number] | undefined> =>
  (await stateOf()).cells.find((each) => each.cell.recipe === 'a');

/** A run of the first cell, which says that. */
async function runThatIs(state: RunStatus['state'], more: Partial<RunStatus> = {}): Promise<string> {
  const located = locatedCell(await readStudyFile(study), cell);
  const run = await newRunFolder(located);
  await createRun({ folder: run, located, cell, ...ranOn });
  const of = { startedAt: new Date().toISOString(), epoch: 2, epochs: 2, step: 0, stepsPerEpoch: 3 };
  await writeStatus(run, { ...of, state, imagesPerSecond: null, secondsLeft: null, ...more });
  return run;
}

beforeEach(async () => {
  study = join(await mkdtemp(join(tmpdir(), 'state-')), 's.epochlens.json');
  await put(STUDY);
  folder = await sweepFolder(study);
  await mkdir(folder, { recursive: true });
  [cell] = (await stateOf()).cells.map((each) => each.cell) as [Cell];
});

describe('the state of a cell', () => {
  it('is new, then queued, then cancelled, as the queue says', async () => {
    expect(await first()).toMatchObject({ state: 'new', run: undefined, error: undefined });
    await changeQueue(folder, study, { add: [cell.id] });
    expect(await first()).toMatchObject({ state: 'queued' });
    await changeQueue(folder, study, { cancel: [cell.id] });
    expect(await first()).toMatchObject({ state: 'cancelled' });
  });

  it('is what its process works on, where one runs', async () => {
    await writeRunner(folder, {
      startedAt: new Date().toISOString(),
      jobs: 2,
      active: [{ id: cell.id, run: '/r', phase: 'testing' }],
    });
    expect(await stateOf()).toMatchObject({ runner: { pid: process.pid, jobs: 2, waiting: undefined } });
    expect(await first()).toMatchObject({ state: 'testing', run: '/r' });
  });

  it('is done once its run is trained and its tests are passed through, and no more after an edit of the tests', async () => {
    const run = await runThatIs('finished');
    expect(await first()).toMatchObject({ state: 'new', run });
    const tested = testsKey(cell, 'last');
    await writeOutcome(folder, cell.id, { run, ...(tested !== undefined && { tested }) });
    expect(await first()).toMatchObject({ state: 'done' });
    await put({ ...STUDY, perturbations: [{ kind: 'rotation', degrees: [-20, 20] }] });
    expect(await first()).toMatchObject({ state: 'new', run });
    await put({ ...STUDY, sweep: { ...STUDY.sweep, tests: 'none' } });
    expect(await first()).toMatchObject({ state: 'done' });
  });

  it('is failed with the reason of its tests, or of its training, and of no other run', async () => {
    const run = await runThatIs('finished');
    await writeOutcome(folder, cell.id, { run, failed: 'testing', error: 'perturb: no' });
    expect(await first()).toMatchObject({ state: 'failed', error: 'perturb: no' });
    await writeOutcome(folder, cell.id, { run: `${run}-other`, failed: 'testing', error: 'perturb: no' });
    expect(await first()).toMatchObject({ state: 'new', error: undefined });
    await rm(run, { recursive: true });
    const failed = await runThatIs('failed', { error: 'it diverged' });
    expect(await first()).toMatchObject({ state: 'failed', run: failed, error: 'it diverged' });
  });

  it('is new again where its run folder is deleted', async () => {
    const run = await runThatIs('cancelled');
    expect(await first()).toMatchObject({ state: 'cancelled', run });
    await rm(run, { recursive: true });
    expect(await first()).toMatchObject({ state: 'new', run: undefined });
  });
});

describe('the sweeps of two study files with the same name inside', () => {
  it('have folders of their own', async () => {
    const other = join(study, '..', 'other.epochlens.json');
    for (const path of [study, other]) await put({ ...STUDY, name: 'same' }, path);
    await changeQueue((await stateOf()).folder, study, { add: [cell.id] });
    expect((await stateOf()).cells.map(({ state }) => state)).toContain('queued');
    expect((await stateOf(other)).cells.map(({ state }) => state)).toEqual(['new', 'new']);
  });
});

describe('outcomes of cells', () => {
  it('are a file each, before what a former program wrote of all; what is not ours is left out', async () => {
    expect(await readOutcomes(folder)).toEqual({});
    await writeOutcome(folder, 'id', { run: '/r', failed: 'training', error: 'no' });
    await writeOutcome(folder, 'other', { run: '/s', tested: 'key' });
    const written = { id: { run: '/r', failed: 'training', error: 'no' }, other: { run: '/s', tested: 'key' } };
    expect(await readOutcomes(folder)).toEqual(written);
    const former = { format: 1, cells: { id: { run: '/old' }, third: { run: '/t' } } };
    await writeFile(join(folder, 'outcomes.json'), JSON.stringify(former));
    expect(await readOutcomes(folder)).toEqual({ ...written, third: { run: '/t' } });
    await writeFile(join(folder, 'outcomes.json'), '{"format":1,"cells":{"id":{"run":3}}}');
    await writeFile(join(folder, 'outcomes', 'other.json'), '{"format":1,"outcome":{"run":3}}');
    expect(await readOutcomes(folder)).toEqual({ id: written.id });
  });
});
