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
  training: { ...TINY.training, epochs: isLong ? 2 : 4, learningRate: 0.01 },
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

/**
 * Of each cell how many runs were trained to the end. A run that was stopped is gone on with: one that is left had no
 * epoch to go on from.
 */
async function finishedOfEach(): Promise<number[]> {
  const runs = join(folder, '.epochlens', 'runs', 'tiny');
  const names = (await readdir(runs)).filter((name) => /^\d{8}-/.test(name));
  const counts = new Map<string, number>();
  for (const name of names) {
    const { studyHash } = (await openRun(join(runs, name))).manifest;
    const isFinished = (await readStatus(join(runs, name)))?.state === 'finished';
    if (!isFinished) expect((await listCheckpoints(join(runs, name))).filter(({ epoch }) => epoch > 0)).toEqual([]);
    counts.set(studyHash, (counts.get(studyHash) ?? 0) + (isFinished ? 1 : 0));
  }
  return [...counts.values()];
}

/** The processes of the cluster, as its starter notes them: munge, the controller, two nodes. */
async function restartController(): Promise<void> {
  const file = join(slurm.folder, 'pids');
  const pids = (await readFile(file, 'utf8')).trim().split('\n');
  process.kill(Number(pids[1]));
  // Nobody answers, and what is known stays.
  const before = (await stateNow()).cells.map(({ state }) => state);
  const { stdout, code } = await epochlens(['sweep', study, '--status'], { env });
  expect([code, stdout]).toEqual([0, expect.stringContaining('Slurm has not answered since') as string]);
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
      const [killed, cancelled] = trained(await until((cells) => trained(cells).length >= 3));
      // The training itself is killed, as for want of memory; another task is cancelled behind our back.
      process.kill((await readStatus(killed?.run ?? ''))?.pid ?? 0, 'SIGKILL');
      await slurm.ask('scancel', cancelled?.task?.id ?? '');
      await restartController();
      // Slurm waits for two minutes before it begins one again that lost its node.
      if (isLong) await loseNode();
      const cells = await until(isOver, isLong ? 45 : 5);
      const of = (meant: CellProgress | undefined): CellProgress | undefined =>
        cells.find(({ cell }) => cell.id === meant?.cell.id);
      expect(of(killed)).toMatchObject({ state: 'failed', error: expect.stringMatching(/killed|memory/) as string });
      expect(of(cancelled)).toMatchObject({ state: 'cancelled' });
      const others = cells.filter((each) => each !== of(killed) && each !== of(cancelled));
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
      const here = await epochlens(['sweep', study, '--engine', 'wasm'], { env });
      expect(here.stderr).not.toContain('training into');
      const cells = await until(isOver);
      expect(cells.map(({ state }) => state)).toEqual(Array.from({ length: CELLS }, () => 'done'));
      expect(await finishedOfEach()).toEqual(Array.from({ length: CELLS }, () => 1));
    },
    10 * MINUTES,
  );
});
