/** Trainings on the embedded engine that are stopped within epochs: what comes of them is what comes of one that never was. */
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { loadDataset } from '../../../src/datasets';
import { describeDataset } from '../../../src/datasets/runData';
import { startWasm } from '../../../src/engine/wasm/start';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import {
  checkpointFile,
  createRun,
  isWhole,
  lockRun,
  planPrune,
  readMetrics,
  readStatus,
  readSteps,
  STOPPED_FILE,
  verifyRun,
  type Run,
} from '../../../src/runs';
import { appendSums } from '../../../src/runs/sums/sums';
import { packRun, unpackRun } from '../../../src/runs/packing';
import { train } from '../../../src/training/train';
import type { TrainingEvent } from '../../../src/training/progress';
import { makeStudy, ranOn } from '../runs/fixture';

const EPOCHS = 2;
/** Three steps an epoch. */
const PLAIN = { epochs: EPOCHS, batchSize: 8, learningRate: 0.05, seed: 5, augmentation: 'flipCrop' };

interface Place {
  readonly epoch: number;
  readonly step: number;
}

/** A new run of a study that trains so. */
async function newRun(training: object): Promise<Run> {
  const dataset = { kind: 'synthetic', trainCount: 24, testCount: 10 };
  const located = await makeStudy(JSON.stringify({ dataset, model: { architecture: 'resnet20' }, training }));
  const data = await loadDataset(located.study.dataset, { studyFolder: located.folder });
  const size = located.study.training.microBatchSize;
  const microBatch = {
    size: size ?? 8,
    of: 8,
    reason: 'study',
    neededBytes: 1,
    freeBytes: null,
    freeWords: '',
  } as const;
  return createRun({
    ...ranOn,
    folder: join(located.folder, 'run'),
    located,
    dataset: describeDataset(data),
    ...(size !== undefined && { microBatch }),
  });
}

/** Trains the run, on to its end or until it is stopped after a step. @returns what it said */
async function trainRun(run: Run, stopAfter?: Place): Promise<TrainingEvent[]> {
  const { study, folder } = run;
  const model = createModel('resnet20', 32, 10);
  const dataset = await loadDataset(study.dataset, { studyFolder: folder });
  const controller = new AbortController();
  const events: TrainingEvent[] = [];
  const lock = await lockRun(folder);
  const onEvent = (event: TrainingEvent): void => {
    events.push(event);
    if (event.event === 'progress' && event.epoch === stopAfter?.epoch && event.step === stopAfter.step)
      controller.abort();
  };
  try {
    await train({
      ...{ run, lock, model, dataset, onEvent },
      initialWeights: () => Promise.resolve(initialWeights(model, study.training.seed)),
      signal: controller.signal,
    });
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  } finally {
    await lock.release();
  }
  return events;
}

/** All that the seed determines: bytes of weights and momenta, and the numbers of epochs and steps. */
async function resultOf({ folder }: Run): Promise<unknown> {
  const files: Record<string, string> = {};
  for (const part of ['checkpoints', 'resume'])
    for (const name of await readdir(join(folder, part)))
      files[name] = (await readFile(join(folder, part, name))).toString('base64');
  const metrics = (await readMetrics(folder)).map((each) => ({ ...each, seconds: 0, imagesPerSecond: 0 }));
  const { steps } = await readSteps(folder);
  return { files, metrics, steps: steps.map((each) => ({ ...each, imagesPerSecond: 0 })) };
}

const startOf = (events: readonly TrainingEvent[]): unknown => {
  const { within, fromEpoch, damage } = events.find(({ event }) => event === 'started') as Extract<
    TrainingEvent,
    { event: 'started' }
  >;
  return { within, fromEpoch, damage };
};

beforeAll(startWasm);

describe('a training that is stopped within an epoch', () => {
  it.each<[string, object]>([
    ['that is plain', {}],
    ['with averages', { ema: { decay: 0.8 } }],
    ['with mixup, averages and micro-batches', { mixup: { alpha: 0.4 }, ema: { decay: 0.8 }, microBatchSize: 3 }],
    ['that is attacked in one step', { adversarial: { kind: 'fgsm', epsilon: '4/255' }, nesterov: true }],
  ])('%s, goes on at that step to the same bytes', async (_, recipe) => {
    const training = { ...PLAIN, ...recipe };
    const [whole, stopped] = [await newRun(training), await newRun(training)];
    await trainRun(whole);
    // In the first epoch, before an epoch's evaluation, and in the last epoch.
    const places: Place[] = [
      { epoch: 1, step: 1 },
      { epoch: 1, step: 3 },
      { epoch: 2, step: 2 },
    ];
    let before: (Place & { of: number }) | undefined;
    for (const place of places) {
      const events = await trainRun(stopped, place);
      expect(startOf(events)).toEqual({ within: before, fromEpoch: (before?.epoch ?? 1) - 1, damage: [] });
      before = { ...place, of: 3 };
      expect(events.at(-1)).toMatchObject({ event: 'cancelled', epoch: place.epoch - 1, stopped: before });
      expect(await readStatus(stopped.folder)).toMatchObject({ state: 'cancelled', stopped: before });
      expect((await readSteps(stopped.folder)).steps).toHaveLength(3 * (place.epoch - 1) + place.step);
    }
    expect(startOf(await trainRun(stopped))).toEqual({
      within: { epoch: 2, step: 2, of: 3 },
      fromEpoch: 1,
      damage: [],
    });
    expect(await resultOf(stopped)).toEqual(await resultOf(whole));
    expect((await readStatus(stopped.folder))?.stopped).toBeUndefined();
  });
});

describe('the state within an epoch', () => {
  let whole: unknown;
  beforeAll(async () => {
    const run = await newRun(PLAIN);
    await trainRun(run);
    whole = await resultOf(run);
  });

  async function stoppedRun(place: Place = { epoch: 2, step: 2 }): Promise<Run> {
    const run = await newRun(PLAIN);
    await trainRun(run, place);
    return run;
  }

  const flip = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    bytes[bytes.length - 1000] = (bytes[bytes.length - 1000] as number) ^ 4;
    await writeFile(path, bytes);
  };

  it.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ['is damaged', flip, /stopped\.safetensors: the file is damaged/],
    [
      'is cut',
      async (path) => truncate(path, (await stat(path)).size / 2),
      /stopped\.safetensors: the file is damaged/,
    ],
    [
      'is another run’s',
      async (path) =>
        writeFile(path, await readFile(join((await stoppedRun({ epoch: 2, step: 1 })).folder, STOPPED_FILE))),
      /stopped\.safetensors: /,
    ],
  ])('that %s is said, and the training goes on after the newest whole epoch', async (_, damage, said) => {
    const run = await stoppedRun();
    await damage(join(run.folder, STOPPED_FILE));
    expect(isWhole(await verifyRun(run.folder))).toBe(false);
    const start = startOf(await trainRun(run)) as { within: unknown; fromEpoch: number; damage: string[] };
    expect(start).toMatchObject({ within: undefined, fromEpoch: 1 });
    expect(start.damage.join()).toMatch(said);
    expect(await resultOf(run)).toEqual(whole);
  });

  it('is refused beside another checkpoint than its epoch began from, also where nothing vouches for it', async () => {
    const [run, other] = [await stoppedRun(), await newRun({ ...PLAIN, seed: 6 })];
    await trainRun(other, { epoch: 2, step: 1 });
    await writeFile(join(run.folder, STOPPED_FILE), await readFile(join(other.folder, STOPPED_FILE)));
    await rm(join(run.folder, 'sums.jsonl'));
    const manifest = JSON.parse(await readFile(join(run.folder, 'run.json'), 'utf8')) as object;
    await writeFile(join(run.folder, 'run.json'), JSON.stringify({ ...manifest, sum: undefined }));
    const start = startOf(await trainRun(run)) as { fromEpoch: number; damage: string[] };
    expect(start.fromEpoch).toBe(1);
    expect(start.damage.join()).toMatch(/it is of another training/);
  });

  it('is refused where its epoch began from another checkpoint than there is now', async () => {
    const run = await stoppedRun();
    // As an older version, which does not know it, would leave it that had trained epoch 1 anew to other numbers.
    await appendSums(run.folder, [{ file: checkpointFile(1), sha256: 'a'.repeat(64) }], 0);
    const start = startOf(await trainRun(run)) as { fromEpoch: number; damage: string[] };
    expect(start.damage.join()).toMatch(/epoch 2 began from another checkpoint/);
    expect(start.fromEpoch).toBe(1);
  });

  it('that is gone is missed by verify alone', async () => {
    const run = await stoppedRun();
    await rm(join(run.folder, STOPPED_FILE));
    const { findings } = await verifyRun(run.folder);
    expect(findings.filter(({ verdict }) => verdict === 'missing')).toMatchObject([{ file: STOPPED_FILE }]);
    expect(startOf(await trainRun(run))).toEqual({ within: undefined, fromEpoch: 1, damage: [] });
    expect(await resultOf(run)).toEqual(whole);
  });

  it('is verified, packed and unpacked, stays while the training can go on, and is gone with its epoch', async () => {
    const run = await stoppedRun();
    const { findings } = await verifyRun(run.folder);
    expect(findings.find(({ file }) => file === STOPPED_FILE)).toMatchObject({ verdict: 'whole' });
    expect((await planPrune(run, { last: true })).removed).toEqual([]);
    const out = `${run.folder}.epochlens-run.tar.gz`;
    await packRun(run.folder, { out, force: false, results: true, damaged: false });
    const into = `${run.folder}-unpacked`;
    const { run: unpacked } = await unpackRun(out, { into });
    expect(startOf(await trainRun(unpacked))).toMatchObject({ within: { epoch: 2, step: 2 } });
    expect(await resultOf(unpacked)).toEqual(whole);
    expect(isWhole(await verifyRun(unpacked.folder))).toBe(true);
    // As an older version, which does not know it, may leave it.
    await writeFile(join(unpacked.folder, STOPPED_FILE), 'left');
    expect((await planPrune(unpacked, { all: true })).removed.map(({ file }) => file)).toContain(STOPPED_FILE);
  });
});
