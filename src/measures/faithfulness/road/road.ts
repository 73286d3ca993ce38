/** ROAD, remove and debias (Rong et al. 2022): pixels are removed by imputing them from what is left around them. */
import { createRandom } from '../../../common/random';
import type { Size } from '../../../imaging/placement';
import { solve } from './cholesky';
import { describeRemoved } from './envelope';

/** Never all pixels: then nothing would be left to impute from. */
export const ROAD_STEPS = 9;

/** Shares of the pixels that are removed. */
export const ROAD_SHARES = Array.from({ length: ROAD_STEPS }, (_, step) => (step + 1) / 10);

/** The deviation of what is added to an imputed value, as a share of the pixels' range, as the authors have it. */
export const ROAD_NOISE = 0.01;

/** By how much imputed values are off. */
export interface RoadNoise {
  /** Normal draws, of the image's shape: a pixel has the same noise wherever it is removed. */
  readonly draws: Float64Array;
  /** In the pixels' unit. */
  readonly deviation: number;
}

/** The order of equal values of a map of so many pixels. @param key what the draw follows from: a seed, and the image */
export function drawTies(pixels: number, key: readonly (string | number)[]): Uint32Array {
  return createRandom('road ties', ...key).permutation(pixels);
}

/** @param values of the image @param key as of {@link drawTies} */
export function drawNoise(values: number, deviation: number, key: readonly (string | number)[]): RoadNoise | undefined {
  return deviation === 0 ? undefined : { draws: createRandom('road noise', ...key).normals(values), deviation };
}

/**
 * The images without round(n·s/10) of their pixels, s = 1 … 9: those without the first of an order, then those without
 * its last.
 * @param pixels [height, width, 3] @param order pixels, greatest first @param into [2 · 9, height, width, 3]
 */
export function drawRoad(
  pixels: Float32Array,
  size: Size,
  order: Uint32Array,
  into: Float32Array,
  noise?: RoadNoise,
): void {
  for (const [direction, removal] of [order, order.slice().reverse()].entries()) {
    for (let step = 1; step <= ROAD_STEPS; step++) {
      const removed = removal.subarray(0, Math.round((order.length * step) / 10));
      const place = direction * ROAD_STEPS + step - 1;
      const image = into.subarray(place * pixels.length, (place + 1) * pixels.length);
      image.set(pixels);
      impute(image, size, removed);
      if (noise !== undefined) addNoise(image, removed, noise);
    }
  }
}

/**
 * Sets the removed pixels to the weighted mean of their neighbours, all at once: 1/6 of those beside, 1/12 of those across
 * a corner, over those inside the image.
 * @param image [height, width, 3], changed in place @param removed not all pixels
 */
export function impute(image: Float32Array, size: Size, removed: Uint32Array): void {
  const isRemoved = new Uint8Array(size.height * size.width);
  for (const pixel of removed) isRemoved[pixel] = 1;
  const envelope = describeRemoved(size, image, isRemoved);
  const imputed = solve(envelope);
  for (let unknown = 0; unknown < envelope.unknowns; unknown++) {
    const at = 3 * (envelope.pixels[unknown] as number);
    for (let channel = 0; channel < 3; channel++) image[at + channel] = imputed[3 * unknown + channel] as number;
  }
}

function addNoise(image: Float32Array, removed: Uint32Array, { draws, deviation }: RoadNoise): void {
  for (const pixel of removed) {
    for (let place = 3 * pixel; place < 3 * pixel + 3; place++)
      image[place] = (image[place] as number) + deviation * (draws[place] as number);
  }
}
