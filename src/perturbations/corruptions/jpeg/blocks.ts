import { forward, inverse } from './cosine';
import { emptyPlane, type Plane } from './plane';

const SIDE = 8;
/** Kept between the two passes, for precision. */
const EXTRA_BITS = 2;

/**
 * What is left of a plane once the cosine coefficients of its 8×8 blocks are rounded to multiples of the table. Its
 * sides are multiples of 8, its values 0 … 255.
 */
export function quantise({ height, width, values }: Plane, table: readonly number[]): Plane {
  const result = emptyPlane(height, width);
  const block = new Int32Array(SIDE * SIDE);
  for (let top = 0; top < height; top += SIDE) {
    for (let left = 0; left < width; left += SIDE) {
      const corner = top * width + left;
      for (let i = 0; i < block.length; i++) block[i] = (values[corner + (i >> 3) * width + (i & 7)] as number) - 128;
      quantiseBlock(block, table);
      for (let i = 0; i < block.length; i++) {
        result.values[corner + (i >> 3) * width + (i & 7)] = Math.min(255, Math.max(0, (block[i] as number) + 128));
      }
    }
  }
  return result;
}

function quantiseBlock(block: Int32Array, table: readonly number[]): void {
  for (let row = 0; row < SIDE; row++) forward(block, row * SIDE, 1, -EXTRA_BITS);
  for (let column = 0; column < SIDE; column++) forward(block, column, SIDE, EXTRA_BITS);
  for (let i = 0; i < block.length; i++) {
    const step = table[i] as number;
    const value = block[i] as number;
    // Two passes make each coefficient eight times what it is.
    const steps = Math.floor((Math.abs(value) + 4 * step) / (8 * step));
    block[i] = value < 0 ? -steps * step : steps * step;
  }
  for (let column = 0; column < SIDE; column++) inverse(block, column, SIDE, -EXTRA_BITS);
  for (let row = 0; row < SIDE; row++) inverse(block, row * SIDE, 1, EXTRA_BITS + 3);
}
