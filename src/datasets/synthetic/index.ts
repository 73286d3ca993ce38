/**
 * Images drawn by the program: ten shapes on textured backgrounds, with known object masks, so that whether a heatmap
 * lies on the object can be measured. Every image is drawn from the seed, its set and its number alone: it is the
 * same whatever the count.
 */
import { createHash } from 'node:crypto';
import { createRandom } from '../../common/random';
import { describeCounts } from '../describe';
import type { SetReader } from '../setReader';
import type { DataPlace, Dataset, ImageSet } from '../types';
import { SIDE, drawImage } from './draw';
import { SHAPES } from './shapes';

export const SYNTHETIC_CLASSES: readonly string[] = SHAPES.map((shape) => shape.name);

export interface SyntheticSettings {
  readonly trainCount: number;
  readonly testCount: number;
  readonly seed: number;
  /** Only the first so many of them. */
  readonly trainLimit?: number | undefined;
  readonly testLimit?: number | undefined;
}

export function loadSynthetic(settings: SyntheticSettings, { progress }: Pick<DataPlace, 'progress'>): Dataset {
  const trainCount = Math.min(settings.trainCount, settings.trainLimit ?? Infinity);
  const testCount = Math.min(settings.testCount, settings.testLimit ?? Infinity);
  const total = trainCount + testCount;
  const train = drawSet('train', trainCount, settings.seed);
  progress?.({ targetLayer: 'draw', done: trainCount, total, unit: 'images' });
  const test = drawSet('test', testCount, settings.seed);
  progress?.({ targetLayer: 'draw', done: total, total, unit: 'images' });
  return {
    kind: 'synthetic',
    classNames: SYNTHETIC_CLASSES,
    train,
    test,
    fingerprint: fingerprint(train, test),
    description: `${describeCounts(train.count, test.count)}, drawn by the program`,
  };
}

/** The first `count` images of a set. Every ten images hold each class once. */
export function drawSet(name: 'train' | 'test', count: number, seed: number): ImageSet {
  const area = SIDE * SIDE;
  const pixels = new Uint8Array(count * area * 3);
  const masks = new Uint8Array(count * area);
  const labels = drawLabels(name, count, seed);
  labels.forEach((label, i) => {
    drawImage(label, createRandom('synthetic image', name, seed, i), {
      pixels: pixels.subarray(i * area * 3, (i + 1) * area * 3),
      mask: masks.subarray(i * area, (i + 1) * area),
    });
  });
  return { count, height: SIDE, width: SIDE, pixels, labels, masks };
}

/** A set whose images are drawn when they are asked for. */
export function syntheticSetReader(name: 'train' | 'test', count: number, seed: number): SetReader {
  const area = SIDE * SIDE;
  const allLabels = drawLabels(name, count, seed);
  return {
    count,
    height: SIDE,
    width: SIDE,
    labels: () => Promise.resolve(allLabels),
    read(indices) {
      const pixels = new Uint8Array(indices.length * area * 3);
      const masks = new Uint8Array(indices.length * area);
      const labels = Uint8Array.from(indices, (index) => allLabels[index] as number);
      labels.forEach((label, row) => {
        drawImage(label, createRandom('synthetic image', name, seed, indices[row] as number), {
          pixels: pixels.subarray(row * area * 3, (row + 1) * area * 3),
          mask: masks.subarray(row * area, (row + 1) * area),
        });
      });
      return Promise.resolve({ pixels, labels, masks });
    },
  };
}

/** The first `count` labels of a set. */
function drawLabels(name: 'train' | 'test', count: number, seed: number): Uint8Array {
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += SHAPES.length) {
    const order = createRandom('synthetic labels', name, seed, first).permutation(SHAPES.length);
    labels.set(order.slice(0, count - first), first);
  }
  return labels;
}

function fingerprint(...sets: readonly ImageSet[]): string {
  const hash = createHash('sha256');
  for (const { labels, pixels } of sets) hash.update(labels).update(pixels);
  return hash.digest('hex');
}
