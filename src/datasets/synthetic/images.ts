/** Every image is drawn from the seed, its set and its number alone: it is the same whatever the count. */
import { createRandom } from '../../common/random';
import type { SetReader } from '../dataReader';
import type { ImageBatch } from '../order';
import type { ImageSet } from '../types';
import { drawImage, SIDE } from './draw';
import { SHAPES } from './shapes';

export type SetName = 'train' | 'test';

const AREA = SIDE * SIDE;

/** The first `count` images of a set. Every ten images hold each class once. */
export function drawSet(name: SetName, count: number, seed: number): ImageSet {
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  return { count, height: SIDE, width: SIDE, ...drawImages(all, drawLabels(name, count, seed), name, seed) };
}

/** A set whose images are drawn when they are asked for. */
export function syntheticSetReader(name: SetName, count: number, seed: number): SetReader {
  const labels = drawLabels(name, count, seed);
  return {
    count,
    height: SIDE,
    width: SIDE,
    labels: () => Promise.resolve(labels),
    read: (indices) => Promise.resolve(drawImages(indices, labels, name, seed)),
  };
}

/** @param allLabels of the whole set */
function drawImages(indices: ArrayLike<number>, allLabels: Uint8Array, name: SetName, seed: number): ImageBatch {
  const pixels = new Uint8Array(indices.length * AREA * 3);
  const masks = new Uint8Array(indices.length * AREA);
  const labels = Uint8Array.from(indices, (index) => allLabels[index] as number);
  labels.forEach((label, row) => {
    drawImage(label, createRandom('synthetic image', name, seed, indices[row] as number), {
      pixels: pixels.subarray(row * AREA * 3, (row + 1) * AREA * 3),
      mask: masks.subarray(row * AREA, (row + 1) * AREA),
    });
  });
  return { pixels, labels, masks };
}

/** The first `count` labels of a set. */
function drawLabels(name: SetName, count: number, seed: number): Uint8Array {
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += SHAPES.length) {
    const order = createRandom('synthetic labels', name, seed, first).permutation(SHAPES.length);
    labels.set(order.slice(0, count - first), first);
  }
  return labels;
}
