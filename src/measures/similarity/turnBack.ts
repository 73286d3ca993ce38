import type { FloatMap } from '../../imaging/heatmap';
import { turnBy } from '../../perturbations/rotation';

export interface TurnedMap {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
  /** 1 where the cell's centre is still inside the turned image, [height, width]. The others' values are 0. */
  readonly mask: Uint8Array;
}

/**
 * The map of an image that was turned by so many degrees, counter-clockwise, laid back over the image as it was:
 * bilinear on the map's own grid, its outermost cells reaching to the edge. Corners that were turned out are masked.
 */
export function turnBack({ height, width, values }: FloatMap, degrees: number): TurnedMap {
  const { cosine, sine } = turnBy(degrees);
  const turned = new Float32Array(height * width);
  const mask = new Uint8Array(height * width);
  for (let row = 0; row < height; row++) {
    // In shares of the image from its centre: a map's cells need not be square.
    const y = (row + 0.5) / height - 0.5;
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / width - 0.5;
      const atX = cosine * x + sine * y;
      const atY = cosine * y - sine * x;
      if (Math.max(Math.abs(atX), Math.abs(atY)) > 0.5) continue;
      const cell = row * width + column;
      mask[cell] = 1;
      turned[cell] = sample({ height, width, values }, (atY + 0.5) * height - 0.5, (atX + 0.5) * width - 0.5);
    }
  }
  return { height, width, values: turned, mask };
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
