/** Trainings that end before they are done, and go on. */
import { cp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineName } from '../../src/engine/engine';
import { checkpointPath, effectiveState, openRun, readMetrics, readStatus, readSteps } from '../../src/runs';
import { engines, epochlens, launch, seededMetrics, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';
import { expectSameMetrics } from './metrics';
import { itNative } from '../nativeEngine';

/** Twenty steps an epoch: enough for the signal to arrive in the middle of it on a busy machine too. */
const STUDY = {
  ...TINY,
  dataset: { ...TINY.dataset, trainCount: 160 },
  training: { ...TINY.training, batchSize: 8, augmentation: 'flipCrop', schedule: 'cosine' },
};
const STEPS = [1, 2].flatMap((epoch) => Array.from({ length: 20 }, (_, at) => [epoch, at + 1, 20]));
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

  it('stops within a step or two at SIGINT, says so, and goes on at that step to the same numbers', async () => {
    const run = join(folder, 'cancelled');
    const training = await trainIntoEpoch2(study, run, engine);
    training.child.kill('SIGINT');
    const { code, stderr, stdout } = await training.finished;
    expect(code).toBe(1);
    const [, step = ''] = /Stopped after step (\d+) of 20 of epoch 2\.\nCancelled/.exec(stderr) ?? [];
    expect(Number(step)).toBeGreaterThan(1);
    expect(stderr).toMatch(/Cancelled\. Go on with: {2}epochlens train .*--run .*cancelled --resume\n$/);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('"event":"cancelled"');
    expect(stdout).not.toContain('"epoch":2,"epochs":2,"step":20');
    const stopped = { epoch: 2, step: Number(step), of: 20 };
    expect(await readStatus(run)).toMatchObject({ state: 'cancelled', epoch: 1, secondsLeft: null, stopped });
    expect((await readMetrics(run)).map(({ epoch }) => epoch)).toEqual([0, 1]);
    expect((await tree(run)).filter((path) => /lock|tmp|epoch-002/.test(path))).toEqual([]);

    const again = await epochlens(['train', study, '--engine', engine, '--run', run, '--resume']);
    expect(again.stderr).toContain(`Going on at step ${stopped.step + 1} of 20 of epoch 2 in ${run}\n`);
    expectSameMetrics(await seededMetrics(run), uninterrupted, engine);
    expect(await readStatus(run)).toMatchObject({ state: 'finished' });
    const { steps } = await readSteps(run);
    expect(steps.map(({ epoch, step: of, of: all }) => [epoch, of, all])).toEqual(STEPS);
    expect((await tree(run)).filter((path) => /stopped/.test(path))).toEqual([]);
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
    await writeFile(join(run, 'steps.jsonl'), '{"epoch":2,"step":9', { flag: 'a' });
    await writeFile(join(run, 'checkpoints', '.epoch-002.safetensors.0123456789ab.tmp'), 'half');

    await resume(run);
    expectSameMetrics(await seededMetrics(run), uninterrupted, engine);
    expect((await tree(run)).filter((path) => /lock|tmp/.test(path))).toEqual([]);
    const lines = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    // Every step of both epochs once, and nothing of what the kill left.
    const { steps, damaged } = await readSteps(run);
    expect(damaged).toEqual([]);
    expect(steps.map(({ epoch, step, of }) => [epoch, step, of])).toEqual(STEPS);
    expect((await readFile(join(run, 'steps.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(40);
    const whole = await readSteps(join(folder, 'whole'));
    expect(steps.map(({ learningRate }) => learningRate)).toEqual(whole.steps.map(({ learningRate }) => learningRate));
    // An epoch's mean is that of its steps, of 8 images each.
    const [, first] = await readMetrics(run);
    const losses = steps.slice(0, 20).map(({ loss }) => loss ?? NaN);
    expect(losses.reduce((sum, loss) => sum + loss / 20, 0)).toBeCloseTo(first?.trainLoss ?? NaN, 4);
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

  it('a run.json that was edited', async () => {
    const path = join(run, 'run.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"momentum":\s*0.9/, '"momentum": 0.8'));
    const { code, stderr } = await resume(study);
    await writeFile(path, text);
    expect(code).toBe(2);
    expect(stderr).toMatch(/run\.json.*damaged, or was edited/);
  });
});

describe('a training that is gone on with after damage', () => {
  let folder: string;
  let study: string;
  let half: string;
  let uninterrupted: Awaited<ReturnType<typeof seededMetrics>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, {
      ...STUDY,
      dataset: { ...STUDY.dataset, trainCount: 64 },
      training: { ...STUDY.training, epochs: 4 },
    });
    const whole = join(folder, 'whole');
    await succeed(['train', study, '--engine', 'wasm', '--run', whole]);
    uninterrupted = await seededMetrics(whole);
    half = join(folder, 'half');
    const training = launch(['train', study, '--engine', 'wasm', '--run', half, '--json']);
    await training.said('"epoch":3,"epochs":4,"step":2,');
    training.child.kill('SIGKILL');
    await training.finished;
  });

  /** A copy of the run as it was left after epoch 2, in which something is damaged; and what a resume of it says. */
  async function resumed(damage: (run: string) => Promise<void>, ...options: string[]) {
    const run = join(folder, 'damaged');
    await rm(run, { recursive: true, force: true });
    await cp(half, run, { recursive: true });
    await damage(run);
    const before = await contents(run);
    const result = await epochlens([
      'train',
      study,
      '--engine',
      'wasm',
      '--run',
      run,
      '--resume',
      '--json',
      ...options,
    ]);
    return { ...result, run, from: /"fromEpoch":(\d)/.exec(result.stdout)?.[1], before };
  }

  async function contents(run: string): Promise<Record<string, string>> {
    const files = (await tree(run)).filter((path) => /checkpoints.*\.|metrics|resume.*\./.test(path));
    return Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, await readFile(join(run, file), 'base64')] as const)),
    );
  }

  const cut = async (path: string): Promise<void> => truncate(path, Math.floor((await stat(path)).size / 2));
  const flip = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    bytes[bytes.length - 1000] = (bytes[bytes.length - 1000] as number) ^ 4;
    await writeFile(path, bytes);
  };
  const velocity = (run: string, epoch: number): string => join(run, 'resume', `velocity-00${epoch}.safetensors`);

  it.each<[string, (run: string) => Promise<void>, string, RegExp]>([
    ['the newest checkpoint', (run) => flip(checkpointPath(run, 2)), '1', /epoch-002\.safetensors.*damaged/],
    ['the newest checkpoint, gone', (run) => rm(checkpointPath(run, 2)), '1', /epoch-002\.safetensors/],
    ['the newest optimiser state', (run) => flip(velocity(run, 2)), '1', /velocity-002\.safetensors.*damaged/],
    ['the newest optimiser state, gone', (run) => rm(velocity(run, 2)), '1', /velocity-002\.safetensors/],
    ['all metrics', (run) => rm(join(run, 'metrics.jsonl')), '2', /metrics\.jsonl.*copy in sums\.jsonl is used/],
    ['the newest metrics, cut', (run) => cut(join(run, 'metrics.jsonl')), '2', /metrics\.jsonl.*copy in sums\.jsonl/],
    ['an older checkpoint, gone', (run) => rm(checkpointPath(run, 0)), '2', /Going on after epoch 2/],
  ])('of %s', async (_, damage, epoch, said) => {
    const { code, stderr, from, run } = await resumed(damage);
    expect({ code, from }, stderr).toEqual({ code: 0, from: epoch });
    expect(stderr).toMatch(said);
    if (!/Going on/.test(String(said))) expect((await readStatus(run))?.damage?.join()).toMatch(said);
    // Nothing is blamed that had no part in it.
    expect(stderr).not.toMatch(/learningRate|diverged/);
    expectSameMetrics(await seededMetrics(run), uninterrupted, 'wasm');
  });

  it.each<[string, (run: string) => Promise<void>]>([
    ['all optimiser states are gone', (run) => rm(join(run, 'resume'), { recursive: true })],
    ['the last two checkpoints are gone', (run) => rm(checkpointPath(run, 1)).then(() => rm(checkpointPath(run, 2)))],
    ['sums.jsonl is gone', (run) => rm(join(run, 'sums.jsonl'))],
    [
      'all but run.json and sums.jsonl is gone',
      async (run) => {
        for (const name of ['checkpoints', 'resume', 'metrics.jsonl'])
          await rm(join(run, name), { recursive: true, force: true });
      },
    ],
  ])('is refused, and nothing written over, where %s', async (_, damage) => {
    const { code, stderr, run, before } = await resumed(damage);
    expect(code).toBe(2);
    expect(stderr).toMatch(/this training cannot go on.*Nothing was changed.*epochlens train/s);
    expect(await contents(run)).toEqual(before);
    expect(await readStatus(run)).toEqual(await readStatus(half));
  });

  it('that an older version began is said to be vouched for by nobody, and refused where a file is of another epoch', async () => {
    const asOlder = async (run: string): Promise<void> => {
      const manifest = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as object;
      await writeFile(join(run, 'run.json'), JSON.stringify({ ...manifest, sum: undefined }));
      await rm(join(run, 'sums.jsonl'));
    };
    const whole = await resumed(asOlder);
    expect({ code: whole.code, from: whole.from }).toEqual({ code: 0, from: '2' });
    expect(whole.stderr).toContain('kept no checksums');
    const swapped = await resumed(async (run) => {
      await asOlder(run);
      await cp(velocity(run, 1), velocity(run, 2));
      await cp(checkpointPath(run, 0), checkpointPath(run, 1));
    });
    expect(swapped.code).toBe(2);
    expect(swapped.stderr).toMatch(/velocity-002\.safetensors: .*of another epoch/);
    expect(swapped.stderr).toMatch(/epoch-001\.safetensors, epoch: .*of another epoch/);
  });

  it('goes on with its own engine where none is named', async () => {
    const { code, stderr, run } = await resumed(() => Promise.resolve(), '--engine', 'auto');
    expect(code).toBe(0);
    expect(stderr).toMatch(/Engine: embedded .*that of this training/);
    expectSameMetrics(await seededMetrics(run), uninterrupted, 'wasm');
    expect((await openRun(run)).manifest.laterEngines).toBeUndefined();
  });

  itNative(
    'goes on with another one that is named, which run.json then says; it is the run’s from there on',
    async () => {
      const { code, stderr, run } = await resumed(() => Promise.resolve(), '--engine', 'native');
      expect(code).toBe(0);
      expect(stderr).toContain('From epoch 3 on the native engine trains, before it was the embedded one');
      const { engine, laterEngines } = (await openRun(run)).manifest;
      expect(engine.name).toBe('wasm');
      expect(laterEngines).toMatchObject([{ name: 'tensorflow', fromEpoch: 3 }]);
      await succeed(['verify', run]);
      const env = { EPOCHLENS_CACHE: await temporaryFolder() };
      const without = await epochlens(['train', study, '--run', run, '--resume'], { env });
      expect(without.code).toBe(1);
      expect(without.stderr).toMatch(
        /the engine of this training cannot be used here: found .*expected native \(.*--engine embedded/,
      );
      // There is nothing left to train.
      await succeed(['train', study, '--run', run, '--resume', '--engine', 'embedded']);
      expect((await openRun(run)).manifest.laterEngines).toHaveLength(1);
    },
  );

  it('goes on with a momentum of zero where a person asks for that, and says so', async () => {
    const lost = (run: string) => rm(join(run, 'resume'), { recursive: true });
    const { code, stderr, from, run } = await resumed(lost, '--reset-optimizer');
    expect({ code, from }).toEqual({ code: 0, from: '2' });
    expect(stderr).toContain('momentum begins at zero');
    const metrics = await seededMetrics(run);
    expect(metrics.slice(0, 3)).toEqual(uninterrupted.slice(0, 3));
    expect(metrics).toHaveLength(5);
    expect(metrics.slice(3)).not.toEqual(uninterrupted.slice(3));
  });
});
