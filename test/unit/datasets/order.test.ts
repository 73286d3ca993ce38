import { describe, expect, it } from 'vitest';
import { epochOrder, gatherBatch, type ImageSet } from '../../../src/datasets/index';
import { flipCrop } from '../../../src/training/augmentation';

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

describe('flipCrop', () => {
  const side = 12;
  const value = (y: number, x: number): number => 1 + y * side + x;
  const image = Uint8Array.from({ length: side * side * 3 }, (_, i) => value(0, Math.floor(i / 3)));
  const draw = (index: number, epoch = 0): Uint8Array =>
    flipCrop({ pixels: image, labels: Uint8Array.of(0) }, side, side, { seed: 1, epoch, indices: [index] }).pixels;

  /** Every (mirror, down, right) that explains the picture. */
  function explanations(pixels: Uint8Array): string[] {
    const found: string[] = [];
    for (const mirror of [false, true])
      for (let down = -4; down <= 4; down++)
        for (let right = -4; right <= 4; right++)
          if (explains(pixels, mirror, down, right)) found.push(`${mirror} ${down} ${right}`);
    return found;
  }

  function explains(pixels: Uint8Array, mirror: boolean, down: number, right: number): boolean {
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const [row, shifted] = [y + down, x + right];
        const inside = row >= 0 && row < side && shifted >= 0 && shifted < side;
        const expected = inside ? value(row, mirror ? side - 1 - shifted : shifted) : 0;
        for (let channel = 0; channel < 3; channel++)
          if (pixels[(y * side + x) * 3 + channel] !== expected) return false;
      }
    return true;
  }

  it('mirrors and shifts by up to four pixels, black outside, each as often', () => {
    const seen = Array.from({ length: 300 }, (_, index) => explanations(draw(index)));
    expect(seen.every((found) => found.length === 1)).toBe(true);
    const mirrored = seen.filter(([found]) => found?.startsWith('true')).length;
    expect(Math.abs(mirrored - 150)).toBeLessThan(40);
    expect(new Set(seen.map(([found]) => found?.split(' ')[1])).size).toBe(9);
    expect(new Set(seen.map(([found]) => found?.split(' ')[2])).size).toBe(9);
  });

  it("draws from the image's number and the epoch, not from its place in the batch", () => {
    const pair = { pixels: Uint8Array.from([...image, ...image]), labels: Uint8Array.of(0, 0) };
    const { pixels } = flipCrop(pair, side, side, { seed: 1, epoch: 0, indices: [5, 6] });
    expect(pixels.subarray(image.length)).toEqual(draw(6));
    expect(draw(6)).not.toEqual(draw(6, 1));
  });
});
