/**
 * `npm run bench -- --sections checking`: what it costs that every byte is checked. Heatmaps that are kept are asked for of
 * two runs of the same content, one with sums and one as an older version left it, in turns and through the engine process.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../../src/engine/engine';
import { loadDataset } from '../../src/datasets';
import { describeDataset } from '../../src/datasets/runData';
import { createModel } from '../../src/models/model';
import { initialWeights } from '../../src/models/weights';
import { serialiseCheckpoint } from '../../src/weights/checkpoint';
import { connectEngine, type EngineClient } from '../../src/extension/engine/engineClient';
import type { ImageReference } from '../../src/protocol/engine';
import { createRun, runPaths, writeEpoch, type RunManifest } from '../../src/runs';
import { readStudy } from '../../src/study';
import { markdown } from './markdown';
import { median } from './statistics';

const CHECKPOINTS = 21;
const RECORDS = 10_000;
const RECORD_BYTES = 3073;
const AMOUNTS = [
  { images: 1, checkpoints: 1 },
  { images: 8, checkpoints: 9 },
  { images: 50, checkpoints: CHECKPOINTS },
] as const;

export interface CheckingCost {
  readonly images: number;
  readonly checkpoints: number;
  /** Whether the process had answered before. */
  readonly process: 'warm' | 'new';
  /** Milliseconds, medians. */
  readonly without: number;
  readonly with: number;
  /** The median of the turns' own ratios. */
  readonly ratio: number;
}

/** Medians over alternating turns. */
export async function measureChecking(engine: EngineName, rounds: number): Promise<CheckingCost[]> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-'));
  try {
    await writeData(join(folder, 'data'));
    const checked = await makeRun(folder, 'checked');
    const older = await makeRun(folder, 'older');
    await forgetSums(older);
    const costs: CheckingCost[] = [];
    for (const amount of AMOUNTS) {
      const ask = (client: EngineClient, run: string) => explain(client, run, amount);
      await withClient(engine, async (client) => {
        // What is computed now is kept, and what is read once is known.
        for (const run of [older, checked, older, checked]) await ask(client, run);
        const scheduler = await inTurns(20 * rounds, [older, checked], (run) => ask(client, run));
        costs.push({ ...amount, process: 'warm', ...scheduler });
      });
      const fresh = (run: string) => withClient(engine, (client) => ask(client, run));
      costs.push({ ...amount, process: 'new', ...(await inTurns(2 * rounds, [older, checked], fresh)) });
    }
    return costs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function checkingTable(costs: readonly CheckingCost[]): string {
  const rows = costs.map((cost) => [
    cost.process,
    `${cost.images} × ${cost.checkpoints}`,
    cost.without.toFixed(1),
    cost.with.toFixed(1),
    cost.ratio.toFixed(3),
  ]);
  return markdown([['process', 'images × checkpoints', 'without sums, ms', 'with, ms', '×'], ...rows]);
}

/** Milliseconds that sums add to an epoch: hashing its checkpoint and optimiser state. */
export function hashingTime(architecture: 'resnet20' | 'efficientnet_b0', rounds: number): number {
  const model = createModel(architecture, 32, 10);
  const bytes = serialiseCheckpoint(model, initialWeights(model, 1), {});
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    for (let file = 0; file < 2; file++) createHash('sha256').update(bytes).digest();
    return performance.now() - begin;
  });
  return median(times);
}

async function inTurns(
  scheduler: number,
  [older, checked]: readonly [string, string],
  ask: (run: string) => Promise<number>,
): Promise<Pick<CheckingCost, 'without' | 'with' | 'ratio'>> {
  const without: number[] = [];
  const withSums: number[] = [];
  for (let turn = 0; turn < scheduler; turn++) {
    // Whoever comes second may be luckier.
    const order = turn % 2 === 0 ? [older, checked] : [checked, older];
    for (const run of order) (run === older ? without : withSums).push(await ask(run));
  }
  const ratios = without.map((time, turn) => (withSums[turn] ?? NaN) / time);
  return { without: median(without), with: median(withSums), ratio: median(ratios) };
}

async function withClient<R>(engine: EngineName, work: (client: EngineClient) => Promise<R>): Promise<R> {
  const program = join(fileURLToPath(import.meta.url), '../engine.js');
  const onWarning = (text: string): void => void process.stderr.write(`${text}\n`);
  const client = connectEngine({
    program,
    choice: () => engine,
    log: { info: () => undefined, warn: onWarning, error: onWarning },
  });
  try {
    // Its start is not what is measured.
    await client.request('studyImages', { source: { kind: 'study', file: 'absent' } }).catch(() => undefined);
    return await work(client);
  } finally {
    client.dispose();
  }
}

/** Milliseconds from the request to its end. */
async function explain(client: EngineClient, run: string, amount: (typeof AMOUNTS)[number]): Promise<number> {
  const images = Array.from({ length: amount.images }, (_, i): ImageReference => ({
    kind: 'set',
    set: 'test',
    index: i * 199,
  }));
  const epochs = Array.from({ length: amount.checkpoints }, (_, epoch) => epoch);
  const begin = performance.now();
  await client.request('explain', { run, epochs, images, layer: 'auto' }, { progress: () => undefined });
  return performance.now() - begin;
}

/** Files of CIFAR-10's size, with noise in them. */
async function writeData(folder: string): Promise<void> {
  await mkdir(folder);
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) {
    const bytes = new Uint8Array(RECORDS * RECORD_BYTES);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + (i >> 8)) & 255;
    for (let i = 0; i < RECORDS; i++) bytes[i * RECORD_BYTES] = i % 10;
    await writeFile(join(folder, name), bytes);
  }
}

async function makeRun(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.epochlens.json`);
  const study = {
    dataset: { kind: 'cifar10', folder: 'data' },
    model: { architecture: 'resnet20' },
    training: { epochs: CHECKPOINTS - 1 },
  };
  await writeFile(path, JSON.stringify(study));
  const located = await readStudy(path);
  const run = await createRun({
    folder: join(folder, name),
    located,
    dataset: describeDataset(await loadDataset(located.study.dataset, { studyFolder: folder })),
    engine: { name: 'none', version: '0', device: 'none' },
    versions: {},
  });
  const model = createModel('resnet20', 32, 10);
  for (let epoch = 0; epoch < CHECKPOINTS; epoch++) {
    const checkpoint = serialiseCheckpoint(model, initialWeights(model, epoch), {});
    await writeEpoch(run.folder, { epoch, checkpoint, optimizerState: undefined, metrics: undefined });
  }
  return run.folder;
}

/** As a version wrote it that vouched for nothing. */
async function forgetSums(run: string): Promise<void> {
  const { manifest, sums } = runPaths(run);
  const whole = JSON.parse(await readFile(manifest, 'utf8')) as RunManifest;
  await writeFile(
    manifest,
    JSON.stringify({ ...whole, sum: undefined, dataset: { ...whole.dataset, fingerprint: '' } }),
  );
  await rm(sums);
}
