import type { FloatMap } from '../../imaging/heatmap';
import type { Inverse } from '../../perturbations';

export interface RestoredMap extends FloatMap {
  readonly values: Float32Array;
  /** 1 where the perturbed image still shows the centre of the cell, [height, width]. The others' values are 0. */
  readonly mask: Uint8Array;
}

/**
 * The map of a perturbed image laid back over the image as it was: bilinear on the map's own grid, its outermost cells
 * reaching to the edge. Cells that the perturbed image does not show are masked.
 */
export function bringBack({ height, width, values }: FloatMap, inverse: Inverse): RestoredMap {
  const restored = new Float32Array(height * width);
  const mask = new Uint8Array(height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = inverse((column + 0.5) / width - 0.5, (row + 0.5) / height - 0.5);
      if (at === undefined || Math.max(Math.abs(at[0]), Math.abs(at[1])) > 0.5) continue;
      const cell = row * width + column;
      mask[cell] = 1;
      restored[cell] = sample({ height, width, values }, (at[1] + 0.5) * height - 0.5, (at[0] + 0.5) * width - 0.5);
    }
  }
  return { height, width, values: restored, mask };
}

function sample({ height, width, values }: FloatMap, row: number, column: number): number {
  const y = Math.min(height - 1, Math.max(0, row));
  const x = Math.min(width - 1, Math.max(0, column));
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [bottom, right] = [Math.min(height - 1, top + 1), Math.min(width - 1, left + 1)];
  const at = (r: number, c: number): number => values[r * width + c] as number;
  const upper = at(top, left) + (x - left) * (at(top, right) - at(top, left));
  const lower = at(bottom, left) + (x - left) * (at(bottom, right) - at(bottom, left));
  return upper + (y - top) * (lower - upper);
}
