/** Colour planes at half the size, as libjpeg makes them and brings them back. */
import { generate, type Plane } from './plane';

/** Means of 2×2 pixels, halves rounded down and up by turns. Its sides are even. */
export function halve({ height, width, values }: Plane): Plane {
  return generate(height / 2, width / 2, (row, column) => {
    const at = (y: number, x: number): number => values[(2 * row + y) * width + 2 * column + x] as number;
    return Math.floor((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 1 + (column % 2)) / 4);
  });
}

/**
 * The plane at twice its size, each value 9/16 of the nearest one, 3/16 of each of the next two and 1/16 of the one
 * across ("fancy upsampling"). @param height, width of the picture, whose last row and column the edge is
 */
export function double(plane: Plane, height: number, width: number): Plane {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const at = (row: number, column: number): number => {
    const y = Math.min(rows - 1, Math.max(0, row));
    return plane.values[y * plane.width + Math.min(columns - 1, Math.max(0, column))] as number;
  };
  return generate(height, width, (row, column) => {
    const [y, x] = [Math.floor(row / 2), Math.floor(column / 2)];
    const [nextY, nextX] = [row % 2 === 0 ? y - 1 : y + 1, column % 2 === 0 ? x - 1 : x + 1];
    const sum = 3 * (3 * at(y, x) + at(nextY, x)) + 3 * at(y, nextX) + at(nextY, nextX);
    return Math.floor((sum + (column % 2 === 0 ? 8 : 7)) / 16);
  });
}
