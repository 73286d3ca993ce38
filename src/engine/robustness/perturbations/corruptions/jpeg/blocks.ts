import { forward, inverse } from './cosine';
import type { Plane } from './plane';

const SIDE = 8;
/** Kept between the two passes, for precision. */
const EXTRA_BITS = 2;

/**
 * What is left of a plane once the cosine coefficients of its 8×8 blocks are rounded to multiples of the table. Its
 * sides are multiples of 8, its values 0 … 255.
 */
export function quantise({ height, width, values }: Plane, table: readonly number[]): Plane {
  const result = new Float64Array(values.length);
  const block = new Int32Array(SIDE * SIDE);
  for (let top = 0; top < height; top += SIDE) {
    for (let left = 0; left < width; left += SIDE) {
      const place = (i: number): number => (top + Math.floor(i / SIDE)) * width + left + (i % SIDE);
      block.forEach((_, i) => (block[i] = (values[place(i)] as number) - 128));
      quantiseBlock(block, table);
      block.forEach((value, i) => (result[place(i)] = Math.min(255, Math.max(0, value + 128))));
    }
  }
  return { height, width, values: result };
}

function quantiseBlock(block: Int32Array, table: readonly number[]): void {
  for (let row = 0; row < SIDE; row++) forward(block, row * SIDE, 1, -EXTRA_BITS);
  for (let column = 0; column < SIDE; column++) forward(block, column, SIDE, EXTRA_BITS);
  block.forEach((value, i) => {
    const step = table[i] as number;
    // Two passes make each coefficient eight times what it is.
    block[i] = Math.sign(value) * Math.floor((Math.abs(value) + 4 * step) / (8 * step)) * step;
  });
  for (let column = 0; column < SIDE; column++) inverse(block, column, SIDE, -EXTRA_BITS);
  for (let row = 0; row < SIDE; row++) inverse(block, row * SIDE, 1, EXTRA_BITS + 3);
}
