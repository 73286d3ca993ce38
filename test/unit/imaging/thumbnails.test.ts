import { expect, it } from 'vitest';
import { thumbnails } from '../../../src/imaging/thumbnails';

it('keeps the aspect, each image apart, and leaves alone what is small enough', () => {
  const [height, width] = [100, 200];
  const pixels = new Uint8Array(2 * 3 * height * width).fill(40, 0, 3 * height * width);
  const small = thumbnails({ height, width, pixels }, 2, 50);
  expect([small.height, small.width, small.pixels.length]).toEqual([25, 50, 2 * 3 * 25 * 50]);
  expect([...new Set(small.pixels.subarray(0, 3 * 25 * 50))]).toEqual([40]);
  expect([...new Set(small.pixels.subarray(3 * 25 * 50))]).toEqual([0]);
  expect(thumbnails({ height, width, pixels }, 2, 200).pixels).toBe(pixels);
});
