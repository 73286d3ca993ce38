/**
 * A sweep on a real Slurm of two nodes while things go wrong: every cell ends done, or failed with a reason, or waits;
 * what is missing is submitted again, and nothing is trained twice.
 */
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJobs } from '../../src/cluster';
import { listCheckpoints, openRun, readStatus } from '../../src/runs';
import { readSweepState, type CellProgress, type SweepState } from '../../src/sweeps';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

/** 64 cells, and a node that fails: minutes, so that it is asked for. */
const isLong = process.env['EPOCHLENS_LONG'] === '1';
const RATES = isLong ? Array.from({ length: 16 }, (_, at) => 0.005 + 0.001 * at) : [0.01, 0.02, 0.03];
const SEEDS = isLong ? 4 : 2;
const STUDY = {
  ...TINY,
  dataset: { kind: 'synthetic', trainCount: 60, testCount: 20 },
  training: { ...TINY.training, epochs: isLong ? 2 : 3, learningRate: 0.01 },
  sweep: {
    recipes: Object.fromEntries(RATES.map((rate, at) => [`r${String(at)}`, { 'training.learningRate': rate }])),
    seeds: SEEDS,
    tests: 'none',
  },
};
const CELLS = RATES.length * SEEDS;
const MINUTES = 60_000;

let slurm: Slurm;
let folder: string;
let study: string;
let env: NodeJS.ProcessEnv;

async function stateNow(): Promise<SweepState> {
  const state = await readSweepState(study);
  if (state === undefined) throw new Error('no sweep');
  return state;
}

async function look(): Promise<readonly CellProgress[]> {
  await succeed(['sweep', study, '--status'], { env });
  return (await stateNow()).cells;
}

async function until(isSo: (cells: readonly CellProgress[]) => boolean, minutes = 3): Promise<readonly CellProgress[]> {
  for (const end = Date.now() + minutes * MINUTES; Date.now() < end;) {
    const cells = await look();
    if (isSo(cells)) return cells;
    await setTimeout(500);
  }
  throw new Error(await succeed(['sweep', study, '--status'], { env }));
}

const trained = (cells: readonly CellProgress[]): CellProgress[] =>
  cells.filter(({ task, status }) => task?.state === 'running' && status?.state === 'training' && status.epoch <= 1);
const isOver = (cells: readonly CellProgress[]): boolean =>
  cells.every(({ state }) => ['done', 'failed', 'cancelled'].includes(state));

/** The cells that the run folders are of, one for each folder: whatever was stopped or killed went on in its own. */
async function cellsOfRuns(): Promise<string[]> {
  const runs = join(folder, '.epochlens', 'runs', 'tiny');
  const names = await readdir(runs);
  return Promise.all(names.map(async (name) => (await openRun(join(runs, name))).manifest.studyHash));
}

/** Of a run each checkpoint's bytes. */
async function checkpointsOf(run: string): Promise<string[]> {
  const all = await listCheckpoints(run);
  return Promise.all(all.map(async ({ path }) => (await readFile(path)).toString('base64')));
}

/** The processes of the cluster, as its starter notes them: munge, the controller, two nodes. */
async function restartController(): Promise<void> {
  const file = join(slurm.folder, 'pids');
  const pids = (await readFile(file, 'utf8')).trim().split('\n');
  process.kill(Number(pids[1]));
  // Nobody answers, and what is known stays.
  const before = (await stateNow()).cells.map(({ state }) => state);
  // A look of the second before is still believed.
  for (let attempt = 0; ; attempt++) {
    const { stdout, code } = await epochlens(['sweep', study, '--status'], { env });
    expect(code).toBe(0);
    if (stdout.includes('Slurm has not answered since')) break;
    expect(attempt).toBeLessThan(20);
    await setTimeout(500);
  }
  expect(before).toHaveLength(CELLS);
  const { pid } = spawn('slurmctld', ['-D'], {
    env: { ...process.env, ...slurm.env },
    stdio: 'ignore',
    detached: true,
  });
  await writeFile(file, [pids[0], String(pid), ...pids.slice(2), ''].join('\n'));
  for (let attempt = 0; attempt < 100; attempt++) {
    const answers = await slurm.ask('squeue', '-h').then(
      () => true,
      () => false,
    );
    if (answers) return;
    await setTimeout(200);
  }
}

/** The task's own process and its training's, at once, so that neither says anything of it. */
async function killTask(meant: CellProgress | undefined): Promise<void> {
  const { pid: training = 0 } = (await readStatus(meant?.run ?? '')) ?? {};
  const stat = await readFile(`/proc/${String(training)}/stat`, 'utf8');
  const task = Number(/\) \S (\d+)/.exec(stat)?.[1]);
  for (const pid of [task, training]) process.kill(pid, 'SIGKILL');
}

/** One that runs loses its node: Slurm begins it again elsewhere. */
async function loseNode(): Promise<void> {
  const [onNode] = trained(await until((cells) => trained(cells).length >= 1));
  const node = `nodename=${onNode?.task?.node ?? ''}`;
  await slurm.ask('scontrol', 'update', node, 'state=down', 'reason=test');
  await setTimeout(2000);
  await slurm.ask('scontrol', 'update', node, 'state=resume').catch(() => {
    // It has registered itself again meanwhile.
  });
}

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('a sweep on a cluster where things go wrong'), () => {
  beforeAll(async () => {
    slurm = await startSlurm({ minJobAge: 2 });
    folder = await temporaryFolder();
    study = await writeStudy(folder, STUDY);
    env = { ...slurm.env, EPOCHLENS_CACHE: await temporaryFolder(), EPOCHLENS_SCHEDULER_SECONDS: '1' };
  });

  afterAll(() => slurm.stop());

  it(
    'ends with each cell done, or with a reason',
    async () => {
      await succeed(['sweep', study, '--on', 'slurm', '--engine', 'wasm', '--time', '01:00:00'], { env });
      const [killed, whole, cancelled] = trained(await until((cells) => trained(cells).length >= 3));
      // A training is killed, as for want of memory, and another one's whole task; one is cancelled behind our back.
      process.kill((await readStatus(killed?.run ?? ''))?.pid ?? 0, 'SIGKILL');
      await killTask(whole);
      await slurm.ask('scancel', cancelled?.task?.id ?? '');
      await restartController();
      // Slurm waits for two minutes before it begins one again that lost its node.
      if (isLong) await loseNode();
      const cells = await until(isOver, isLong ? 45 : 5);
      const of = (meant: CellProgress | undefined): CellProgress | undefined =>
        cells.find(({ cell }) => cell.id === meant?.cell.id);
      const wasKilled = /was killed.*memory.*--memory/;
      expect(of(killed)).toMatchObject({ state: 'failed', error: expect.stringMatching(wasKilled) as string });
      // Slurm forgets after two seconds: whoever looks later finds it lost.
      const orLost = new RegExp(`${wasKilled.source}|gone from the queue.*--retry`);
      expect(of(whole)).toMatchObject({ state: 'failed', error: expect.stringMatching(orLost) as string });
      expect(of(cancelled)).toMatchObject({ state: 'cancelled' });
      const others = cells.filter((each) => ![killed, whole, cancelled].map(of).includes(each));
      for (const { state, error } of others) expect([state, error === undefined]).toEqual([state, state === 'done']);
      const counts = [...new Set(cells.map(({ state }) => state))].map((state) => [
        state,
        cells.filter((each) => each.state === state).length,
      ]);
      if (isLong) console.log(counts);
    },
    60 * MINUTES,
  );

  it(
    'submits again what is missing and nothing else, and trains nothing twice',
    async () => {
      const before = (await stateNow()).cells;
      const missing = before.filter(({ state }) => state !== 'done').map(({ cell }) => cell.id);
      await succeed(['sweep', study, '--retry', '--on', 'slurm', '--engine', 'wasm'], { env });
      const jobs = await readJobs((await stateNow()).folder);
      expect([...(jobs.at(-1)?.job.tasks ?? [])].sort()).toEqual([...missing].sort());
      // What is queued or runs there is not submitted again, nor taken by a sweep here.
      const again = await succeed(['sweep', study, '--retry', '--on', 'slurm'], { env });
      expect(again).toContain('Nothing to submit');
      const beside = await epochlens(['sweep', study, '--engine', 'wasm'], { env });
      expect(beside.stderr).not.toContain('training into');
      const cells = await until(isOver);
      expect(cells.map(({ state }) => state)).toEqual(Array.from({ length: CELLS }, () => 'done'));
      expect((await cellsOfRuns()).sort()).toEqual(cells.map(({ cell }) => cell.id).sort());
      // What was killed or cancelled, and what was left alone, has the bits of a machine that nobody disturbed.
      const local = await writeStudy(await temporaryFolder(), STUDY);
      const undisturbed = cells.map(({ cell }) => cell.id).filter((id) => !missing.includes(id));
      const meant = [...missing.slice(0, isLong ? 3 : 1), ...undisturbed.slice(0, 1)];
      await succeed(['sweep', local, '--engine', 'wasm', '--cell', ...meant.map((id) => id.slice(0, 12))]);
      const runOf = (state: readonly CellProgress[], id: string): string =>
        state.find(({ cell }) => cell.id === id)?.run ?? '';
      const here = (await readSweepState(local))?.cells ?? [];
      for (const id of meant) {
        expect(await checkpointsOf(runOf(cells, id))).toEqual(await checkpointsOf(runOf(here, id)));
        expect(await checkpointsOf(runOf(here, id))).toHaveLength(STUDY.training.epochs + 1);
      }
    },
    10 * MINUTES,
  );
});
