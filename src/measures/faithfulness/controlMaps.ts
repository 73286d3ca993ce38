/** The maps that know nothing of a checkpoint: see `CONTROLS`. */
import { createRandom } from '../../common/random';
import type { Size } from '../../imaging/placement';
import { resample } from '../../imaging/resample';
import type { SignedMap } from './rank';

/** @param key what the draw follows from: a seed, and the image */
export function randomMap({ height, width }: Size, key: readonly (string | number)[]): SignedMap {
  const random = createRandom('random map', ...key, height, width);
  return { height, width, values: Float32Array.from({ length: height * width }, () => random.uniform()) };
}

/** Of the side that it lies along. */
const BLOB_SIGMA = 0.25;

export function blobMap({ height, width }: Size): SignedMap {
  const values = Float32Array.from({ length: height * width }, (_, at) => {
    const y = (Math.floor(at / width) + 0.5) / height - 0.5;
    const x = ((at % width) + 0.5) / width - 0.5;
    return Math.exp(-(y * y + x * x) / (2 * BLOB_SIGMA ** 2));
  });
  return { height, width, values };
}

/** Red, green and blue by ITU-R BT.601. */
const LUMINANCE = [0.299, 0.587, 0.114] as const;

/** @param pixels [height, width, 3] @param grid of the map, over whose cells the magnitude is averaged */
export function edgeMap(pixels: ArrayLike<number>, size: Size, grid: Size): SignedMap {
  const values = sobel(luminance(pixels), size);
  return { ...grid, values: resample({ ...size, channels: 1, values }, grid.height, grid.width) };
}

function luminance(pixels: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: pixels.length / 3 }, (_, at) =>
    LUMINANCE.reduce((sum, weight, channel) => sum + weight * (pixels[3 * at + channel] as number), 0),
  );
}

/** Past the border the outermost pixels go on. */
function sobel(values: Float64Array, { height, width }: Size): Float64Array {
  const at = (y: number, x: number): number => {
    const row = Math.min(height - 1, Math.max(0, y));
    return values[row * width + Math.min(width - 1, Math.max(0, x))] as number;
  };
  return values.map((_, place) => {
    const [y, x] = [Math.floor(place / width), place % width];
    const sum = (dy: number, dx: number): number => at(y + dy, x + dx);
    const across = sum(-1, 1) + 2 * sum(0, 1) + sum(1, 1) - sum(-1, -1) - 2 * sum(0, -1) - sum(1, -1);
    const down = sum(1, -1) + 2 * sum(1, 0) + sum(1, 1) - sum(-1, -1) - 2 * sum(-1, 0) - sum(-1, 1);
    return Math.hypot(across, down);
  });
}
