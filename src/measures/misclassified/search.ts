/**
 * The published study's search for misclassified images: early checkpoints go through the shuffled test set until they
 * err.
 */
import type { ClassIndices } from '../../common/classIndices';
import { createRandom } from '../../common/random';
import { checkLength, checkPredictions, type EpochPredictions } from './predictions';

/** The checkpoints that the study runs over the test set. */
export const SEARCH_EPOCHS: readonly number[] = [1, 2, 3];

/** In what order the images of a set are gone through: the same for every checkpoint. */
export function searchOrder(images: number, seed: number): Uint32Array {
  return createRandom('misclassified images', seed).permutation(images);
}

export interface FoundError {
  readonly image: number;
  /** How many images had been looked at, this one included, when it was found. */
  readonly lookedAt: number;
}

/** The first errors in that order, at most so many. @throws InputError where lengths differ */
export function firstErrors(
  order: Uint32Array,
  labels: ClassIndices,
  predictions: ClassIndices,
  most: number,
): FoundError[] {
  checkLength(labels, predictions);
  const found: FoundError[] = [];
  for (let place = 0; place < order.length && found.length < most; place++) {
    const image = order[place] as number;
    if (predictions[image] !== labels[image]) found.push({ image, lookedAt: place + 1 });
  }
  return found;
}

export interface EpochSearch {
  readonly epoch: number;
  /** Null where the checkpoint errs about no image: all were looked at. */
  readonly found: FoundError | null;
}

/**
 * For each of these checkpoints, the study's being those of `SEARCH_EPOCHS`, the first image it errs about.
 *
 * @throws InputError where there are no epochs, or one does not fit the labels
 */
export function searchErrors(labels: ClassIndices, epochs: readonly EpochPredictions[], seed: number): EpochSearch[] {
  checkPredictions(labels, epochs);
  const order = searchOrder(labels.length, seed);
  return epochs.map(({ epoch, predictions }) => ({
    epoch,
    found: firstErrors(order, labels, predictions, 1)[0] ?? null,
  }));
}
