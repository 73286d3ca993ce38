import { expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { inMemory } from '../../../src/datasets';
import { labelledSet } from '../../../src/training/labels';

const SET = {
  count: 8,
  height: 1,
  width: 1,
  pixels: Uint8Array.from({ length: 24 }, (_, at) => at),
  labels: Uint8Array.of(0, 0, 0, 1, 1, 2, 2, 2),
};

it('true labels are the set itself', () => {
  expect(labelledSet(SET, { seed: 1 })).toBe(SET);
  expect(labelledSet(SET, { seed: 1, labels: 'true' })).toBe(SET);
});

it('permuted labels are as many of each class, follow from the seed, and leave images and the set as they were', () => {
  const permuted = labelledSet(SET, { seed: 3, labels: 'permuted' });
  const order = createRandom('permuted labels', 3).permutation(8);
  expect([...permuted.labels]).toEqual([...order].map((other) => SET.labels[other]));
  expect([...permuted.labels].sort()).toEqual([...SET.labels]);
  expect([...permuted.labels]).not.toEqual([...SET.labels]);
  expect(inMemory(permuted).pixels).toBe(SET.pixels);
  expect([...SET.labels]).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  expect(labelledSet(SET, { seed: 3, labels: 'permuted' })).toEqual(permuted);
  expect(labelledSet(SET, { seed: 4, labels: 'permuted' }).labels).not.toEqual(permuted.labels);
});
