/** Files of images and of labels as a data set. */
import { resolve } from 'node:path';
import { classIndicesLike, type ClassIndices } from '../../common/classIndices';
import { InputError } from '../../common/errors';
import { inParallel } from '../../common/inParallel';
import type { DataReader, OpenOptions, SetReader } from '../dataReader';
import { describeCounts } from '../describe';
import type { DataFacts } from '../datasetKind';
import { openNpy, type NpyFile } from '../npy/file';
import { imageArray, readImages, type ImageArray } from '../npy/images';
import { countClasses, readLabels } from '../npy/labels';
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
  const classNames = await readClassNames(settings);
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

/** Where the settings have no names, the numbers of all labels, within a limit or not: how many classes there are depends on no limit, and on no choice of sets. */
export async function readClassNames({
  folder,
  labels,
  train,
  classNames,
}: ArraysSettings): Promise<readonly string[]> {
  if (classNames !== undefined) return classNames;
  const files = train === undefined ? [labels] : [train.labels, labels];
  const counts = await inParallel(files, async (name) => countClasses(await openNpy(resolve(folder, name))));
  return Array.from({ length: Math.max(...counts) }, (_, label) => String(label));
}

function usedOf({ images, labels, names }: SetFiles, limit: number): UsedFile[] {
  const records = Math.min(images.rows, limit);
  return [
    { name: names.images, file: images, records },
    { name: names.labels, file: labels, records },
  ];
}

/** A larger set is read as it is needed, in bytes. */
const MOST_IN_MEMORY = 2 ** 29;

/** @param check is called before a file's rows are read */
function arrayReader({ images, labels, names }: SetFiles, limit: number, classes: number, check: FileCheck): SetReader {
  const count = Math.min(images.rows, limit);
  let known: Promise<ClassIndices> | undefined;
  const readAll = async (): Promise<ClassIndices> => {
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
      const ofIndices = classIndicesLike(all, indices.length);
      for (let row = 0; row < indices.length; row++) ofIndices[row] = all[indices[row] as number] as number;
      return { pixels: await readImages(images, indices), labels: ofIndices };
    },
    ...(count * images.rowBytes > MOST_IN_MEMORY
      ? {
          async contentHash(signal?: AbortSignal): Promise<string> {
            return (await identityOf(usedOf({ images, labels, names }, limit), signal)).fingerprint;
          },
        }
      : {}),
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
