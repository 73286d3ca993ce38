/** In which order images are met, and how batches are taken from a set. */
import { classIndicesLike } from '../common/classIndices';
import { createRandom } from '../common/random';
import type { ImageBatch, ImageSet } from './types';

export type { ImageBatch } from './types';

/** The order of the training images in an epoch: a permutation of 0 … count − 1, drawn from the seed and the epoch. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return createRandom('epoch order', seed, epoch).permutation(count);
}

/** Copies the images with these indices, in their order. @throws RangeError for an index the set does not have. */
export function gatherBatch(set: ImageSet, indices: ArrayLike<number>): ImageBatch {
  const size = set.height * set.width * 3;
  const pixels = new Uint8Array(indices.length * size);
  const labels = classIndicesLike(set.labels, indices.length);
  const area = set.height * set.width;
  const masks = set.masks && new Uint8Array(indices.length * area);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] as number;
    const label = set.labels[index];
    if (label === undefined) throw new RangeError(`image ${index} of ${set.count}`);
    pixels.set(set.pixels.subarray(index * size, (index + 1) * size), row * size);
    if (set.masks !== undefined) masks?.set(set.masks.subarray(index * area, (index + 1) * area), row * area);
    labels[row] = label;
  }
  return { pixels, labels, ...(masks === undefined ? {} : { masks }) };
}

/** Batches that are read while one is computed: threads decode pictures meanwhile. */
export const BATCHES_AHEAD = 3;

/** Batches of a whole set in its order. */
export function* batchesInOrder(count: number, batchSize: number): Generator<Uint32Array> {
  for (let start = 0; start < count; start += batchSize) {
    yield Uint32Array.from({ length: Math.min(batchSize, count - start) }, (_, at) => start + at);
  }
}
