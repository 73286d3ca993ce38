/** μ-fidelity (Bhatt et al. 2020): whether what a map gives to cells foretells what is lost without them. */
import { createRandom } from '../../common/random';
import type { Size } from '../../imaging/placement';
import { pearson } from '../similarity/pearson';

export const SUBSETS = 64;
/** Of the cells, in each subset. */
export const SUBSET_SHARE = 0.2;

/** The cells of each subset, the same for every map of so many cells. @param key what the draw follows from */
export function drawSubsets(cells: number, key: readonly (string | number)[]): Uint32Array[] {
  const random = createRandom('muFidelity', ...key, cells);
  const size = Math.max(1, Math.round(SUBSET_SHARE * cells));
  return Array.from({ length: SUBSETS }, () => random.permutation(cells).slice(0, size));
}

/** Sets the pixels of cells to black. @param image [height, width, 3], changed in place */
export function blackenCells(image: Float32Array, size: Size, grid: Size, cells: Uint32Array): void {
  const gone = new Uint8Array(grid.height * grid.width);
  for (const cell of cells) gone[cell] = 1;
  for (let y = 0; y < size.height; y++) {
    const row = Math.floor((y * grid.height) / size.height) * grid.width;
    for (let x = 0; x < size.width; x++) {
      if (gone[row + Math.floor((x * grid.width) / size.width)] !== 1) continue;
      const at = 3 * (y * size.width + x);
      image.fill(0, at, at + 3);
    }
  }
}

/** @param drops of the class's probability, without each subset; null where either does not vary */
export function muFidelity(
  map: Float32Array,
  subsets: readonly Uint32Array[],
  drops: ArrayLike<number>,
): number | null {
  const sums = subsets.map((cells) => cells.reduce((sum, cell) => sum + (map[cell] as number), 0));
  return pearson(sums, drops) ?? null;
}
