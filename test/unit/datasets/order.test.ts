import { describe, expect, it } from 'vitest';
import { epochOrder, gatherBatch, type ImageSet } from '../../../src/datasets/index';

/** Three images of 1×2 pixels. */
const set: ImageSet = {
  count: 3,
  height: 1,
  width: 2,
  pixels: Uint8Array.from({ length: 18 }, (_, i) => i),
  labels: Uint8Array.of(7, 8, 9),
};

describe('epochOrder', () => {
  it('is a permutation that depends on seed and epoch', () => {
    expect([...epochOrder(500, 1, 3)].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(epochOrder(500, 1, 3)).toEqual(epochOrder(500, 1, 3));
    expect(epochOrder(500, 1, 3)).not.toEqual(epochOrder(500, 1, 4));
    expect(epochOrder(500, 1, 3)).not.toEqual(epochOrder(500, 2, 3));
  });
});

describe('gatherBatch', () => {
  it('copies images and labels in the order asked for', () => {
    const { pixels, labels } = gatherBatch(set, [2, 0]);
    expect([...labels]).toEqual([9, 7]);
    expect([...pixels]).toEqual([12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5]);
  });

  it("knows the set's end", () => {
    expect(() => gatherBatch(set, [3])).toThrow(/image 3 of 3/);
  });
});
