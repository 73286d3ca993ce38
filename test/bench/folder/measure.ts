/** What a folder of 50,000 JPEGs costs: opening it, a page of its gallery, decoding, and an epoch of training on it. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inParallel } from '../../../src/common/inParallel';
import { openData, readSet, type ImageSource } from '../../../src/datasets';
import { datasetSchema } from '../../../src/datasets/datasetKinds';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { trainEpoch } from '../../../src/training/epoch';
import { createTrainer } from '../../../src/training/trainer';

export interface FolderCost {
  readonly files: number;
  /** Milliseconds, also below. */
  readonly open: number;
  /** Of 60 pictures, with the start of the threads. */
  readonly firstPage: number;
  readonly imagesPerSecond: number;
  /** Of so many images, once decoded as it goes, and once from memory. */
  readonly epoch: { readonly images: number; readonly decoded: number; readonly inMemory: number };
  readonly residentMegabytes: number;
}

const CLASSES = 200;
const SIZE = 64;
const DECODED = 5000;
const TRAINED = 1024;
const PICTURE = 'test/fixtures/imageFolder/wide.jpg';

export async function measureFolder({ files }: { readonly files: number }): Promise<FolderCost> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-folder-'));
  try {
    await fill(folder, files);
    const settings = datasetSchema.parse({ kind: 'folder', folder, size: SIZE });
    const [open, { test, train, classNames }] = await timed(() => openData(settings, '/'));
    const [firstPage] = await timed(() => test.read(Array.from({ length: 60 }, (_, at) => at)));
    const count = Math.min(DECODED, train.count);
    const [decoding] = await timed(() => train.read(Array.from({ length: count }, (_, at) => at)));
    const { height, width } = train;
    const images = Math.min(TRAINED, train.count);
    const first = { count: images, height, width };
    const labels = (await train.labels()).subarray(0, images);
    const streamed: ImageSource = { ...first, labels, contentHash: '', read: (indices) => train.read(indices) };
    const inMemory = await readSet({
      ...first,
      labels: () => Promise.resolve(labels),
      read: (indices) => train.read(indices),
    });
    await epoch(inMemory, classNames.length);
    const fromMemory = await epoch(inMemory, classNames.length);
    return {
      files,
      open,
      firstPage,
      imagesPerSecond: (1000 * count) / decoding,
      epoch: { images, decoded: await epoch(streamed, classNames.length), inMemory: fromMemory },
      residentMegabytes: process.memoryUsage().rss / 1e6,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string, files: number): Promise<void> {
  const names = Array.from({ length: CLASSES }, (_, at) => join(folder, `class ${at}`));
  await inParallel(names, (name) => mkdir(name));
  const all = Array.from({ length: files }, (_, at) => join(names[at % CLASSES] as string, `${at}.jpg`));
  await inParallel(all, (path) => copyFile(PICTURE, path));
}

async function epoch(set: ImageSource, classes: number): Promise<number> {
  const model = createModel('resnet20', SIZE, classes);
  const trainer = createTrainer(model, initialWeights(model, 1));
  const input = { inputSize: SIZE, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
  const plan = {
    set,
    input: {
      ...input,
      mean: [...input.mean] as [number, number, number],
      std: [...input.std] as [number, number, number],
    },
    draw: { seed: 1, epoch: 1, augmentation: 'none' as const },
    batchSize: 64,
    hyper: { learningRate: 0.01, momentum: 0.9, weightDecay: 0 },
  };
  try {
    return (await timed(() => trainEpoch(trainer, plan, {})))[0];
  } finally {
    trainer.dispose();
  }
}

async function timed<R>(work: () => Promise<R>): Promise<[milliseconds: number, result: R]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}
