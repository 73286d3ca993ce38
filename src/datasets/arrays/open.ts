/** Files of images and of labels as a data set. */
import { resolve } from 'node:path';
import { InputError } from '../../common/errors';
import type { DataReader, OpenOptions, SetReader } from '../dataReader';
import { describeCounts } from '../describe';
import type { DataFacts } from '../datasetKind';
import { openNpy, type NpyFile } from '../npy/file';
import { imageArray, readImages, type ImageArray } from '../npy/images';
import { readLabels } from '../npy/labels';
import { fileCheck, identityOf, type FileCheck, type UsedFile } from './identity';
import type { ArraysSettings } from './schema';

interface SetFiles {
  readonly images: ImageArray;
  readonly labels: NpyFile;
  /** As the settings name them. */
  readonly names: SetNames;
}

type SetNames = Pick<ArraysSettings, 'images' | 'labels'>;

/** @throws InputError where a file is not what it should be, or the two of a set do not fit each other */
async function openSet(folder: string, names: SetNames): Promise<SetFiles> {
  const images = imageArray(await openNpy(resolve(folder, names.images)));
  const labels = await openNpy(resolve(folder, names.labels));
  if (images.rows === labels.rows) return { images, labels, names };
  throw new InputError('the labels do not fit the images', {
    file: labels.path,
    found: `${labels.rows} labels`,
    expected: `${images.rows}, as many as images in ${names.images}`,
  });
}

/** @param settings with an absolute folder @throws InputError where a file is not what it should be */
export async function openArrays(settings: ArraysSettings, { sets, expected }: OpenOptions): Promise<DataReader> {
  const { folder, trainLimit = Infinity, testLimit = Infinity } = settings;
  if (settings.train === undefined && sets === 'both') throw nothingToTrainOn();
  const test = await openSet(folder, settings);
  const train = settings.train && sets !== 'test' ? await openSet(folder, settings.train) : undefined;
  if (train !== undefined && train.images.side !== test.images.side) throw otherSize(train.images, test.images);
  const classNames = settings.classNames ?? (await classesOf(folder, settings));
  const used = [...(train ? usedOf(train, trainLimit) : []), ...usedOf(test, testLimit)];
  const check = fileCheck(expected, used);
  const readers = {
    train: train ? arrayReader(train, trainLimit, classNames.length, check) : noImages(test.images),
    test: arrayReader(test, testLimit, classNames.length, check),
  };
  return {
    classNames,
    description: `${describeCounts(readers.train.count, readers.test.count)} from arrays in ${folder}`,
    ...readers,
    identify: (signal) => identityOf(used, signal),
  };
}

/** Of all labels, within a limit or not: how many classes there are depends on no limit, and on no choice of sets. */
async function classesOf(folder: string, { labels, train }: ArraysSettings): Promise<string[]> {
  let largest = 1;
  for (const name of train === undefined ? [labels] : [train.labels, labels]) {
    const all = await readLabels(await openNpy(resolve(folder, name)), undefined);
    largest = all.reduce((most, label) => Math.max(most, label), largest);
  }
  return Array.from({ length: largest + 1 }, (_, label) => String(label));
}

function usedOf({ images, labels, names }: SetFiles, limit: number): UsedFile[] {
  const records = Math.min(images.rows, limit);
  return [
    { name: names.images, file: images, records },
    { name: names.labels, file: labels, records },
  ];
}

/** @param check is called before a file's rows are read */
function arrayReader({ images, labels }: SetFiles, limit: number, classes: number, check: FileCheck): SetReader {
  const count = Math.min(images.rows, limit);
  let known: Promise<Uint8Array> | undefined;
  const readAll = async (): Promise<Uint8Array> => {
    await check(labels);
    return (await readLabels(labels, classes)).subarray(0, count);
  };
  return {
    count,
    height: images.side,
    width: images.side,
    labels: () => (known ??= readAll()),
    async read(indices) {
      await check(images);
      const all = await (known ??= readAll());
      const pixels = await readImages(images, indices);
      return { pixels, labels: Uint8Array.from(indices, (index) => all[index] as number) };
    },
  };
}

function noImages({ side }: ImageArray): SetReader {
  const none = { pixels: new Uint8Array(), labels: new Uint8Array() };
  return {
    count: 0,
    height: side,
    width: side,
    labels: () => Promise.resolve(none.labels),
    read: () => Promise.resolve(none),
  };
}

function nothingToTrainOn(): InputError {
  return new InputError('the study names no training images', {
    place: 'dataset.train',
    found: 'test images only',
    expected: '{ "images": FILE, "labels": FILE }',
    advice: 'Without them checkpoints can be imported, explained and tested, and none trained.',
  });
}

function otherSize(train: ImageArray, test: ImageArray): InputError {
  return new InputError('training and test images differ in size', {
    file: train.path,
    found: `${train.side}×${train.side}`,
    expected: `${test.side}×${test.side}, as the test images have`,
  });
}

/** @param settings with an absolute folder @throws InputError where a training could not read a file */
export async function readArrayFacts({ folder, train, ...test }: ArraysSettings): Promise<DataFacts> {
  const { images } = await openSet(folder, test);
  return { train: train && (await openSet(folder, train)).images.rows, test: images.rows };
}
