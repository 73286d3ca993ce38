/** Training images that are kept back: a training never sees them, and its best epoch is chosen by them. */
import type { ClassIndices } from '../common/classIndices';
import { InputError } from '../common/errors';
import { createRandom } from '../common/random';
import type { AnySettings } from './datasetKind';
import { subset } from './imageSource';
import type { ImageSource } from './types';

/** Indices into the training images, ascending. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Stratified: of each class its share of the images, rounded by largest remainders so that they add up to `count` (of equal
 * ones the first class). Which ones of a class is drawn from the seed and the class.
 * @param labels [n] @param count from 0 to n @param seed the training's
 */
export function splitByClass(labels: ClassIndices, count: number, seed: number): Split {
  const ofClass = new Map<number, number[]>();
  labels.forEach((label, image) => {
    const images = ofClass.get(label) ?? [];
    images.push(image);
    ofClass.set(label, images);
  });
  const classes = [...ofClass.entries()].sort(([a], [b]) => a - b);
  const quotas = quotasOf(
    classes.map(([, images]) => images.length),
    count,
  );
  const isKept = new Uint8Array(labels.length);
  classes.forEach(([label, images], at) => {
    const order = createRandom('validation split', seed, label).permutation(images.length);
    for (const place of order.subarray(0, quotas[at])) isKept[images[place] as number] = 1;
  });
  const indices = Uint32Array.from(labels.keys());
  return {
    train: indices.filter((image) => isKept[image] === 0),
    validation: indices.filter((image) => isKept[image] === 1),
  };
}

/** @param sizes of the classes, whose sum is at least `count` */
function quotasOf(sizes: readonly number[], count: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const quotas = sizes.map((size) => Math.floor((size * count) / all));
  const left = count - quotas.reduce((sum, quota) => sum + quota, 0);
  // By what of a whole image each class has lost.
  const lost = sizes.map((size, at) => [(size * count) % all, at] as const).sort(([a, x], [b, y]) => b - a || x - y);
  for (const [, at] of lost.slice(0, left)) quotas[at] = (quotas[at] as number) + 1;
  return quotas;
}

/** What a training learns from, and what its best epoch is chosen by; without a split all, and nothing. */
export interface TrainingSets {
  readonly train: ImageSource;
  readonly validation: ImageSource | undefined;
}

/**
 * @param all the training images, within the study's limit @param seed the training's
 * @throws InputError where no image would be left to train on
 */
export function trainingSets(
  all: ImageSource,
  { validation }: Pick<AnySettings, 'validation'>,
  seed: number,
): TrainingSets {
  if (validation === undefined) return { train: all, validation: undefined };
  trainedCount(all.count, { validation });
  const split = splitByClass(all.labels, validation.count, seed);
  return { train: subset(all, split.train), validation: subset(all, split.validation) };
}

/** How many of so many training images a training learns from. @throws InputError where the split leaves none */
export function trainedCount(count: number, { validation }: Pick<AnySettings, 'validation'>): number {
  if (validation === undefined) return count;
  if (validation.count >= count) throw tooMany(validation.count, count);
  return count - validation.count;
}

/** What is wrong with a split that leaves no image. */
export const NOTHING_TO_TRAIN_ON = 'the validation split leaves no image to train on';

function tooMany(count: number, of: number): InputError {
  return new InputError(NOTHING_TO_TRAIN_ON, {
    place: 'dataset.validation.count',
    found: String(count),
    expected: `fewer than the ${of} training images`,
  });
}
