/** Trainings that end before they are done, and go on. */
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineName } from '../../src/engine/backend/engine';
import { effectiveState, readMetrics, readStatus } from '../../src/runs';
import { engines, epochlens, launch, seededMetrics, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';
import { expectSameMetrics } from './metrics';

/** Twenty steps an epoch: enough for the signal to arrive in the middle of it on a busy machine too. */
const STUDY = {
  ...TINY,
  dataset: { ...TINY.dataset, trainCount: 160 },
  training: { ...TINY.training, batchSize: 8, augmentation: 'flipCrop', schedule: 'cosine' },
};
const MID_EPOCH_2 = '"epoch":2,"epochs":2,"step":2,';

/** A training that has come into the second epoch. */
async function trainIntoEpoch2(study: string, run: string, engine: EngineName) {
  const training = launch(['train', study, '--engine', engine, '--run', run, '--json']);
  await training.said(MID_EPOCH_2);
  return training;
}

describe.each(engines)('a training on %s', (engine) => {
  let folder: string;
  let study: string;
  let uninterrupted: Awaited<ReturnType<typeof seededMetrics>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, STUDY);
    const run = join(folder, 'whole');
    await succeed(['train', study, '--engine', engine, '--run', run]);
    uninterrupted = await seededMetrics(run);
  });

  const resume = (run: string): Promise<string> =>
    succeed(['train', study, '--engine', engine, '--run', run, '--resume']);

  it('stops within a step or two at SIGINT, says so, and goes on to the same numbers', async () => {
    const run = join(folder, 'cancelled');
    const training = await trainIntoEpoch2(study, run, engine);
    training.child.kill('SIGINT');
    const { code, stderr, stdout } = await training.finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cancelled\. Go on with: {2}epochlens train .*--run .*cancelled --resume\n$/);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('"event":"cancelled"');
    expect(stdout).not.toContain('"epoch":2,"epochs":2,"step":20');
    expect(await readStatus(run)).toMatchObject({ state: 'cancelled', epoch: 1, secondsLeft: null });
    expect((await readMetrics(run)).map(({ epoch }) => epoch)).toEqual([0, 1]);
    expect((await tree(run)).filter((path) => /lock|tmp|epoch-002/.test(path))).toEqual([]);

    await resume(run);
    expectSameMetrics(await seededMetrics(run), uninterrupted, engine);
    expect(await readStatus(run)).toMatchObject({ state: 'finished' });
  });

  it('that was killed is known to be interrupted, and goes on to the same numbers', async () => {
    const run = join(folder, 'killed');
    const training = await trainIntoEpoch2(study, run, engine);
    training.child.kill('SIGKILL');
    await training.finished;
    const status = await readStatus(run);
    expect(status?.state).toBe('training');
    expect(status && effectiveState(status)).toBe('interrupted');
    // As a kill while the metrics are written would leave them.
    await writeFile(join(run, 'metrics.jsonl'), '{"epoch":2,"trainL', { flag: 'a' });
    await writeFile(join(run, 'checkpoints', '.epoch-002.safetensors.0123456789ab.tmp'), 'half');

    await resume(run);
    expectSameMetrics(await seededMetrics(run), uninterrupted, engine);
    expect((await tree(run)).filter((path) => /lock|tmp/.test(path))).toEqual([]);
    const lines = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
  });
});

describe('one training at a time in a run folder', () => {
  it('refuses the second while the first is alive, which is not disturbed', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder);
    const run = join(folder, 'busy');
    const first = launch(['train', study, '--engine', 'wasm', '--run', run, '--json']);
    await first.said('"event":"progress"');
    for (const extra of [[], ['--resume']]) {
      const { code, stderr } = await epochlens(['train', study, '--engine', 'wasm', '--run', run, ...extra]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/busy: a training is running in this run folder: found process \d+/);
    }
    first.child.kill('SIGTERM');
    expect((await first.finished).code).toBe(1);
    expect(await readStatus(run)).toMatchObject({ state: 'cancelled' });
  });
});

describe('what cannot be resumed', () => {
  let folder: string;
  let study: string;
  let run: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, { ...TINY, training: { ...TINY.training, epochs: 0 } });
    run = join(folder, 'run');
    await succeed(['train', study, '--engine', 'wasm', '--run', run]);
  });
  const resume = (file: string) => epochlens(['train', file, '--engine', 'wasm', '--run', run, '--resume']);

  it('a finished run is left as it is', async () => {
    const before = await readFile(join(run, 'metrics.jsonl'), 'utf8');
    expect((await resume(study)).code).toBe(0);
    expect(await readFile(join(run, 'metrics.jsonl'), 'utf8')).toBe(before);
  });

  it('a run of which the study has changed', async () => {
    const { code, stderr } = await resume(await writeStudy(folder, TINY, 'changed'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/changed\.epochlens\.json, dataset, model or training: the study has changed/);
  });

  it('a study without a run', async () => {
    const { code, stderr } = await epochlens(['train', await writeStudy(folder, TINY, 'new'), '--resume']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/new\.epochlens\.json: nothing to resume/);
  });

  it('a damaged optimiser state', async () => {
    await truncate(join(run, 'resume', 'velocity-000.safetensors'), 1000);
    // Asked for one epoch more, so that there is something left to do.
    for (const path of [study, join(run, 'run.json')]) {
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(/"epochs":(\s*)0/, '"epochs":$11'));
    }
    const { code, stderr } = await resume(study);
    expect(code).toBe(2);
    expect(stderr).toMatch(/velocity-000\.safetensors.*cut short/);
  });
});

it('says where a training has diverged, and keeps the epochs before', async () => {
  const folder = await temporaryFolder();
  const study = await writeStudy(folder, {
    ...TINY,
    training: { epochs: 2, batchSize: 50, learningRate: 100, momentum: 0.99, weightDecay: 10 },
  });
  const run = join(folder, 'run');
  const { code, stderr } = await epochlens(['train', study, '--engine', 'wasm', '--run', run]);
  expect(stderr).toMatch(
    /epoch \d, .*: the training has diverged: found a loss.*Lower training.learningRate \(it is 100\)/,
  );
  expect(code).toBe(1);
  const status = await readStatus(run);
  expect(status).toMatchObject({ state: 'failed', error: expect.stringMatching(/diverged/) as string });
  expect(await readMetrics(run)).toHaveLength((status?.epoch ?? 0) + 1);
});
