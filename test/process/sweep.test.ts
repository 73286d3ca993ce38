/** A sweep of the built command line: every cell once, whatever interrupts it, and the same weights as `train` makes. */
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { USUAL_TEMPLATE } from '../../src/cluster';
import { listCheckpoints, openRun, readStatus } from '../../src/runs';
import { changeQueue, readQueue, readRunner, readSweepState, type SweepState } from '../../src/sweeps';
import { epochlens, launch, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const RECIPES = { slow: {}, fast: { 'training.learningRate': 0.05 } };
const STUDY = {
  ...TINY,
  dataset: { kind: 'synthetic', trainCount: 60, testCount: 20 },
  training: { ...TINY.training, epochs: 1, learningRate: 0.01 },
  sweep: { recipes: RECIPES, seeds: 2, tests: 'none' },
};
const ON = ['--engine', 'wasm'];

async function stateOf(study: string): Promise<SweepState> {
  const state = await readSweepState(study);
  if (state === undefined) throw new Error('no sweep');
  return state;
}

async function statesOf(study: string): Promise<Record<string, string>> {
  const { cells } = await stateOf(study);
  return Object.fromEntries(cells.map(({ cell, state }) => [`${cell.recipe}/${String(cell.seed)}`, state]));
}

const DONE = { 'slow/3': 'done', 'slow/4': 'done', 'fast/3': 'done', 'fast/4': 'done' };

describe('a sweep of two recipes and two seeds', () => {
  let folder: string;
  let study: string;
  const runs = async (): Promise<string[]> =>
    (await readdir(join(folder, '.epochlens', 'runs', 'tiny'))).filter((name) => /^\d{8}-/.test(name));

  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, STUDY);
  });

  it('is listed before it starts, and starts nothing by that', async () => {
    const listed = await succeed(['sweep', study, '--list']);
    expect(listed).toMatch(/slow +3 +[0-9a-f]{12} +new/);
    expect(listed).toMatch(
      /0 of 4 done, 4 new\n4 runs to train: a time that is unknown until the first epoch, .* MB of checkpoints/,
    );
    expect(await readdir(folder)).toEqual(['tiny.epochlens.json']);
  });

  it('goes on where its process was killed, with a training that outlived it or was killed, too', async () => {
    const first = launch(['sweep', study, ...ON]);
    await first.said('slow, seed 3: training into');
    first.child.kill('SIGKILL');
    await first.finished;
    // The training lives on by itself: it is waited for, and not doubled.
    const second = launch(['sweep', study, ...ON]);
    await second.said('slow, seed 4: training into');
    const runner = await runnerWith(study, 'slow/4');
    const { pid } = await statusOnce(runner);
    process.kill(pid, 'SIGKILL');
    const { code, stderr } = await second.finished;
    expect(stderr).toMatch(/slow, seed 3: (waiting for the training in|training into|done)/);
    expect(stderr).toMatch(
      /1 of 4 cells failed\. Go on with those that were killed by: epochlens sweep .*\n.*seed 4: the/,
    );
    expect([code, await statesOf(study)]).toEqual([1, { ...DONE, 'slow/4': 'interrupted' }]);
    const third = await epochlens(['sweep', study, ...ON]);
    expect([third.code, await statesOf(study)]).toEqual([0, DONE]);
    expect((await stateOf(study)).cells.map(({ run }) => run)).toHaveLength(4);
    // At most the one that was killed before its first epoch was whole is there beside the four.
    expect((await runs()).length).toBeLessThanOrEqual(5);
  });

  it('trains the same bytes as a study file that says the same', async () => {
    const alone = await writeStudy(
      folder,
      { ...STUDY, sweep: undefined, training: { ...STUDY.training, learningRate: 0.05, seed: 4 } },
      'alone',
    );
    await succeed(['train', alone, ...ON, '--run', join(folder, 'alone')]);
    const cell = (await stateOf(study)).cells.find((each) => each.cell.recipe === 'fast' && each.cell.seed === 4);
    const run = await openRun(cell?.run ?? '');
    expect(run.manifest.cell).toEqual({ recipe: 'fast', seed: 4, settings: { 'training.learningRate': 0.05 } });
    expect(run.manifest.studyHash).toBe((await openRun(join(folder, 'alone'))).manifest.studyHash);
    const bytes = async (path: string): Promise<Buffer[]> =>
      Promise.all((await listCheckpoints(path)).map(async (each) => readFile(each.path)));
    expect((await bytes(run.folder)).length).toBe(2);
    expect((await bytes(run.folder)).map((each) => each.toString('base64'))).toEqual(
      (await bytes(join(folder, 'alone'))).map((each) => each.toString('base64')),
    );
  });

  it('trains nothing twice', async () => {
    const before = await runs();
    const { code, stdout } = await epochlens(['sweep', study, ...ON]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 of 4 done')]);
    expect(await runs()).toEqual(before);
  });

  it('trains only what an edit adds; a failure stays, and is retried alone', async () => {
    const before = await runs();
    await writeStudy(folder, {
      ...STUDY,
      sweep: { ...STUDY.sweep, recipes: { ...RECIPES, wild: { 'training.learningRate': 100 } }, seeds: [3] },
    });
    expect(await statesOf(study)).toEqual({ 'slow/3': 'done', 'fast/3': 'done', 'wild/3': 'new' });
    const { code, stderr } = await epochlens(['sweep', study, ...ON]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/1 of 3 cells failed.*--retry.*\n {2}wild, seed 3: .*diverged/);
    expect((await runs()).length).toBe(before.length + 1);
    expect(await statesOf(study)).toMatchObject({ 'wild/3': 'failed' });
    const again = await succeed(['sweep', study, ...ON]);
    expect(again).toContain('Nothing is left to train');
    const retried = await epochlens(['sweep', study, '--retry', ...ON]);
    expect([retried.code, retried.stderr]).toEqual([
      1,
      expect.stringMatching(/wild, seed 3: (going on in|training into)/),
    ]);
    expect(retried.stderr).not.toContain('slow');
  });

  it('trains a run anew whose folder was deleted', async () => {
    const cell = (await stateOf(study)).cells.find((each) => each.cell.recipe === 'slow');
    await rm(cell?.run ?? '', { recursive: true });
    expect(await statesOf(study)).toMatchObject({ 'slow/3': 'new' });
    await succeed(['sweep', study, '--cell', 'slow/3', ...ON]);
    expect(await statesOf(study)).toMatchObject({ 'slow/3': 'done' });
  });

  it.each([
    [['sweep', '--cell', 'slwo/3'], /--cell: the sweep has no such cell.*Did you mean "slow\/3"/],
    [['sweep', '--jobs', '0'], /--jobs/],
    [['train', '--cell', 'nothing'], /the sweep has no such cell/],
  ])('refuses %j', async ([command = '', ...options], words) => {
    const { code, stderr } = await epochlens([command, study, ...options]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words) as string]);
  });

  it('writes the script for a cluster, which is then left as it is', async () => {
    const script = join(folder, 'slurm.epochlens.sh');
    expect(await succeed(['sweep', study, '--script'])).toBe(`Written: ${script}\n`);
    expect(await readFile(script, 'utf8')).toBe(USUAL_TEMPLATE);
    await appendFile(script, '# mine\n');
    expect(await succeed(['sweep', study, '--script'])).toBe(`There already: ${script}\n`);
    expect(await readFile(script, 'utf8')).toMatch(/# mine\n$/);
  });

  it('refuses a study without a sweep', async () => {
    const plain = await writeStudy(folder, TINY, 'plain');
    const { code, stderr } = await epochlens(['sweep', plain]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the study has no sweep') as string]);
  });
});

describe('a sweep whose tests fail, two at once', () => {
  let folder: string;
  let study: string;
  // A folder of a benchmark that is not there yet.
  const tested = { ...STUDY, benchmarks: [{ folder: 'bench' }], sweep: { ...STUDY.sweep, tests: 'last', seeds: [3] } };

  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, tested);
  });

  it('keeps the trainings, says why, and retries the tests alone', async () => {
    const first = await epochlens(['sweep', study, '--jobs', '2', ...ON]);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/2 of 2 cells failed/);
    expect(first.stderr).toMatch(/slow, seed 3: benchmark: .*bench/);
    // Both began before either was trained.
    const said = first.stderr;
    expect(said.indexOf('fast, seed 3: training into')).toBeLessThan(said.indexOf('testing '));
    const before = await stateOf(study);
    const retried = await epochlens(['sweep', study, '--retry', '--cell', 'slow/3', ...ON]);
    expect([retried.code, retried.stderr]).toEqual([1, expect.stringContaining('slow, seed 3: testing') as string]);
    expect(retried.stderr).not.toMatch(/training into|going on in|fast/);
    const after = await stateOf(study);
    expect(after.cells.map(({ run }) => run)).toEqual(before.cells.map(({ run }) => run));
    const log = await readFile(join(after.folder, 'log.txt'), 'utf8');
    expect(log).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*slow, seed 3: training into/m);
    expect(log).toContain('slow, seed 3: failed: benchmark:');
  });

  it('begins no second one where the memory does not hold it, takes up an edit, and trains again what is deleted', async () => {
    const { cells } = await stateOf(study);
    await rm(cells.find(({ cell }) => cell.recipe === 'slow')?.run ?? '', { recursive: true });
    const edited = { ...STUDY, sweep: { ...STUDY.sweep, seeds: [3, 5] } };
    await writeStudy(folder, edited);
    const sweep = launch(['sweep', study, '--jobs', '2', ...ON], { env: { EPOCHLENS_MEMORY_LIMIT: '400MB' } });
    await sweep.said('slow, seed 3: training into');
    const waiting = await soon(async () => (await stateOf(study)).runner?.waiting);
    expect(waiting).toMatch(/another training takes about .* of EPOCHLENS_MEMORY_LIMIT/);
    // "fast" is taken out while it waits.
    await writeStudy(folder, { ...edited, sweep: { ...edited.sweep, recipes: { slow: {} }, seeds: [3] } });
    await sweep.said('no longer in the study file');
    const { code, stderr } = await sweep.finished;
    expect([code, await statesOf(study)]).toEqual([0, { 'slow/3': 'done' }]);
    expect(stderr).not.toMatch(/seed 5: training/);
  });
});

describe('a sweep of long trainings', () => {
  let study: string;
  beforeAll(async () => {
    const long = { ...STUDY, training: { ...STUDY.training, epochs: 300 } };
    study = await writeStudy(await temporaryFolder(), long, 'long');
  });

  it('is paused, ordered and cancelled while it runs; another one shows it; Ctrl-C ends its children as cancelled', async () => {
    const sweep = launch(['sweep', study, ...ON]);
    await sweep.said('slow, seed 3: training into');
    await statusOnce(await runnerWith(study, 'slow/3'));
    const other = await epochlens(['sweep', study]);
    expect([other.code, other.stderr]).toEqual([0, expect.stringMatching(/Process \d+ on .* runs this sweep/)]);
    expect(other.stdout).toMatch(/slow +3 .*training/);
    const { folder, cells } = await stateOf(study);
    const id = (name: string): string =>
      cells.find(({ cell }) => `${cell.recipe}/${String(cell.seed)}` === name)?.cell.id ?? '';
    await changeQueue(folder, study, { order: [id('fast/4')] });
    await succeed(['sweep', study, '--cancel', '--cell', 'slow/3']);
    await sweep.said('slow, seed 3: stopped');
    await sweep.said('fast, seed 4: training into');
    const run = await runnerWith(study, 'fast/4');
    await statusOnce(run);
    await succeed(['sweep', study, '--pause']);
    expect((await stateOf(study)).paused).toBe(true);
    sweep.child.kill('SIGINT');
    const { code, stderr } = await sweep.finished;
    expect([code, stderr]).toEqual([1, expect.stringContaining('Go on with:  epochlens sweep')]);
    expect(await readStatus(run)).toMatchObject({ state: 'cancelled' });
    expect(await statesOf(study)).toMatchObject({ 'slow/3': 'cancelled', 'fast/4': 'cancelled', 'slow/4': 'queued' });
    expect((await readQueue(folder))?.cancelled).toEqual([id('slow/3')]);
    expect(await readRunner(folder)).toBeUndefined();
    const dry = await succeed(['sweep', study, '--dry-run']);
    expect(dry).toContain('3 runs to train');
  });
});

/** The run folder of a cell that the runner works on. */
async function runnerWith(study: string, name: string): Promise<string> {
  return soon(async () => {
    const { cells, folder } = await stateOf(study);
    const id = cells.find(({ cell }) => `${cell.recipe}/${String(cell.seed)}` === name)?.cell.id;
    const run = (await readRunner(folder))?.active.find((each) => each.id === id)?.run;
    return run === '' ? undefined : run;
  });
}

function statusOnce(run: string): Promise<{ pid: number }> {
  return soon(async () => readStatus(run));
}

async function soon<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it does not come about');
}
