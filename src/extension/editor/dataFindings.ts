/** Whether the files that a study names are there, and the images that it asks for. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Study } from '../../study';
import type { Fix, Located } from './finding';

interface Counts {
  readonly test: number;
  readonly train: number;
}

const CIFAR10: Counts = { test: 10_000, train: 50_000 };
const RECORD_BYTES = 3073;

export async function dataFindings(study: Study, folder: string): Promise<Located[]> {
  const { dataset } = study;
  const weights = await weightsFindings(study, folder);
  if (dataset.kind === 'synthetic') {
    const counts = { test: dataset.testCount, train: dataset.trainCount };
    return [...weights, ...imageFindings(study, counts)];
  }
  const data = process.env['EPOCHLENS_DATA'] || resolve(folder, dataset.folder);
  const files = await readdir(data).catch(() => undefined);
  if (files === undefined) return [...weights, missingFolder(data), ...imageFindings(study, CIFAR10)];
  const counts = await countImages(data, files);
  const wrong = counts.test === 0 || counts.train === 0;
  return [...weights, ...(wrong ? [noBatches(data, counts)] : imageFindings(study, counts))];
}

const USE_SYNTHETIC: Fix = {
  title: 'Use synthetic images, which the program draws itself',
  changes: [{ path: ['dataset'], value: { kind: 'synthetic', trainCount: 2000, testCount: 500, seed: 1 } }],
};

function missingFolder(folder: string): Located {
  return {
    code: 'dataMissing',
    severity: 'warning',
    path: ['dataset', 'folder'],
    fixes: [USE_SYNTHETIC],
    message: `There is no folder ${folder}. When you train, EpochLens offers to download CIFAR-10 there (170 MB).`,
  };
}

function noBatches(folder: string, { test, train }: Counts): Located {
  const missing = [train === 0 && 'data_batch_1.bin … data_batch_5.bin', test === 0 && 'test_batch.bin'];
  return {
    code: 'dataIncomplete',
    severity: 'error',
    path: ['dataset', 'folder'],
    fixes: [USE_SYNTHETIC],
    message: `The folder ${folder} lacks ${missing.filter(Boolean).join(' and ')}, the files of cifar-10-binary.tar.gz. Name another folder, or one that does not exist yet: EpochLens offers to download CIFAR-10 there.`,
  };
}

async function countImages(folder: string, files: readonly string[]): Promise<Counts> {
  const count = async (pattern: RegExp): Promise<number> => {
    const sizes = files.filter((name) => pattern.test(name)).map(async (name) => (await stat(join(folder, name))).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + Math.floor(size / RECORD_BYTES), 0);
  };
  return { train: await count(/^data_batch_\d+\.bin$/), test: await count(/^test_batch\.bin$/) };
}

/** Finds images that the study asks for and the data set does not have. */
function imageFindings({ dataset, explain: { images } }: Study, counts: Counts): Located[] {
  const available: Counts = {
    test: Math.min(counts.test, dataset.testLimit ?? Infinity),
    train: Math.min(counts.train, dataset.trainLimit ?? Infinity),
  };
  if ('random' in images) return images.random > available.test ? [tooManyAtRandom(available.test)] : [];
  return (['test', 'train'] as const).flatMap((set) => beyond(set, images[set], available[set]));
}

function beyond(set: 'test' | 'train', indices: readonly number[], count: number): Located[] {
  const wrong = indices.flatMap((index, at) => (index >= count ? [{ index, at }] : []));
  const kept = indices.filter((index) => index < count);
  const fix: Fix = {
    title: 'Leave out the images that are not there',
    changes: [{ path: ['explain', 'images', set], value: kept }],
  };
  return wrong.map(({ index, at }) => ({
    code: 'noSuchImage',
    severity: 'error',
    path: ['explain', 'images', set, at],
    message: `There is no ${set} image ${index}: the study has ${count}, from 0 to ${count - 1}.`,
    fixes: [fix],
  }));
}

function tooManyAtRandom(count: number): Located {
  const path = ['explain', 'images', 'random'];
  return {
    code: 'noSuchImage',
    severity: 'error',
    path,
    message: `The study has only ${count} test images.`,
    fixes: [{ title: `Replace by ${count}`, changes: [{ path, value: count }] }],
  };
}

async function weightsFindings({ model: { weights } }: Study, folder: string): Promise<Located[]> {
  if (!weights.endsWith('.safetensors')) return [];
  const file = resolve(folder, weights);
  if (
    await stat(file).then(
      (stats) => stats.isFile(),
      () => false,
    )
  )
    return [];
  const path = ['model', 'weights'];
  return [
    {
      code: 'weightsMissing',
      severity: 'error',
      path,
      message: `There is no file ${file}.`,
      fixes: [{ title: 'Start from random weights', changes: [{ path, value: 'random' }] }],
    },
  ];
}
