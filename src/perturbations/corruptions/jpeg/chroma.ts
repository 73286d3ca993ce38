/** Colour planes at half the size, as libjpeg makes them and brings them back. */
import { emptyPlane, type Plane } from './plane';

/** Means of 2×2 pixels, halves rounded down and up by turns. Its sides are even. */
export function halve({ height, width, values }: Plane): Plane {
  const half = emptyPlane(height / 2, width / 2);
  for (let row = 0, to = 0; row < half.height; row++) {
    for (let column = 0; column < half.width; column++, to++) {
      const from = 2 * row * width + 2 * column;
      const upper = (values[from] as number) + (values[from + 1] as number);
      const lower = (values[from + width] as number) + (values[from + width + 1] as number);
      half.values[to] = (upper + lower + 1 + (column & 1)) >> 2;
    }
  }
  return half;
}

/**
 * The plane at twice its size, each value 9/16 of the nearest one, 3/16 of each of the next two and 1/16 of the one
 * across ("fancy upsampling"). @param height, width of the picture, whose last row and column the edge is
 */
export function double(plane: Plane, height: number, width: number): Plane {
  const [lastRow, lastColumn] = [Math.ceil(height / 2) - 1, Math.ceil(width / 2) - 1];
  const doubled = emptyPlane(height, width);
  for (let row = 0, to = 0; row < height; row++) {
    const y = row >> 1;
    const nextY = row % 2 === 0 ? Math.max(0, y - 1) : Math.min(lastRow, y + 1);
    const [near, far] = [y * plane.width, nextY * plane.width];
    for (let column = 0; column < width; column++, to++) {
      const odd = column & 1;
      const x = column >> 1;
      const nextX = odd === 0 ? Math.max(0, x - 1) : Math.min(lastColumn, x + 1);
      const here = 3 * (plane.values[near + x] as number) + (plane.values[far + x] as number);
      const beside = 3 * (plane.values[near + nextX] as number) + (plane.values[far + nextX] as number);
      doubled.values[to] = (3 * here + beside + 8 - odd) >> 4;
    }
  }
  return doubled;
}
