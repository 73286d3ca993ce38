/**
 * Images by their numbers, without a whole set in memory: what an editor shows of 60,000 images is a few at a time.
 * Needs no engine.
 */
import { basename } from 'node:path';
import type { Study } from '../study/index';
import { CIFAR10_CLASSES, cifar10Folder } from './cifar10/index';
import { findBatchFiles, measureBatchFile, usedFiles } from './cifar10/folder';
import { cifar10SetReader } from './cifar10/reader';
import { fileCheck, type ExpectedData } from './cifar10/sameFiles';
import { describeCounts } from './describe';
import { gatherBatch } from './order';
import type { DataReader, SetReader } from './setReader';
import { SYNTHETIC_CLASSES, syntheticSetReader } from './synthetic/index';
import type { Dataset, ImageSet } from './types';

/** Of data that no run was made with. */
const UNKNOWN: ExpectedData = { fingerprint: '' };

/**
 * @param expected what the data must be: see `openRunData`
 * @throws InputError where the folder or a file in it is not what it should be
 */
export async function openData(
  settings: Study['dataset'],
  studyFolder: string,
  expected: ExpectedData = UNKNOWN,
): Promise<DataReader> {
  if (settings.kind === 'synthetic') {
    const { trainCount, testCount, trainLimit = Infinity, testLimit = Infinity, seed } = settings;
    const train = syntheticSetReader('train', Math.min(trainCount, trainLimit), seed);
    const test = syntheticSetReader('test', Math.min(testCount, testLimit), seed);
    const description = `${describeCounts(train.count, test.count)}, drawn by the program`;
    return { classNames: SYNTHETIC_CLASSES, description, train, test };
  }
  const folder = cifar10Folder(settings, studyFolder);
  const files = await findBatchFiles(folder);
  const used = {
    train: usedFiles(files.train, settings.trainLimit),
    test: usedFiles(files.test, settings.testLimit),
  };
  const check = fileCheck(expected, [...used.train, ...used.test]);
  const train = cifar10SetReader(used.train, check);
  const test = cifar10SetReader(used.test, check);
  return {
    classNames: CIFAR10_CLASSES,
    description: `${describeCounts(train.count, test.count)} from ${folder}`,
    train,
    test,
  };
}

/** One batch file as a data set: training images where its name says so, else test images. */
export async function openBatchFile(path: string): Promise<DataReader> {
  const reader = cifar10SetReader([await measureBatchFile(path)]);
  const none = cifar10SetReader([]);
  const [train, test] = /^data_batch/.test(basename(path)) ? [reader, none] : [none, reader];
  return {
    classNames: CIFAR10_CLASSES,
    description: `${describeCounts(train.count, test.count)} from ${path}`,
    train,
    test,
  };
}

/** A data set that is in memory already. */
export function memoryReaders({ test, train }: Dataset): Pick<DataReader, 'test' | 'train'> {
  return { test: memoryReader(test), train: memoryReader(train) };
}

function memoryReader(set: ImageSet): SetReader {
  const { count, height, width, labels } = set;
  return {
    count,
    height,
    width,
    labels: () => Promise.resolve(labels),
    read: (indices) => Promise.resolve(gatherBatch(set, indices)),
  };
}

/** All of a set. */
export async function readSet(reader: SetReader): Promise<ImageSet> {
  const { count, height, width } = reader;
  return { count, height, width, ...(await reader.read(Uint32Array.from({ length: count }, (_, index) => index))) };
}
