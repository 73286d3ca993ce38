import { createRandom } from '../common/random';
import type { Size } from '../imaging/placement';
import { resample } from '../imaging/resample';
import { RISE } from './descriptions/rise';
import { predictionMethod, type PredictionMethod } from './method';

/** What a mask is made of, each uniform in [0, 1). */
export interface MaskDraw {
  /** [cells] */
  readonly cells: ArrayLike<number>;
  readonly shift: readonly [down: number, right: number];
}

/** @param cells how many cells a mask has */
export type DrawMask = (mask: number, cells: number, seed: number) => MaskDraw;

/**
 * RISE: of each pixel the mean of the class's probability over random masks, weighed by how far each shows it. A mask is a
 * grid of cells, of which a share shows the image; it is enlarged bilinearly to a cell more than the image, and cut out
 * at a random place. Hidden is black. Petsiuk et al. divide by the expected sum of the masks; here it is their own, so
 * that a pixel which is seen more often than others is not hotter for that. A pixel that no mask shows is 0.
 * @param draw the same for every image
 */
export function createRise(draw: DrawMask): PredictionMethod {
  let last: { readonly key: string; readonly masks: MaskOf } | undefined;
  function masksOf(size: Size, settings: MaskSettings): MaskOf {
    const key = JSON.stringify([size.height, size.width, settings]);
    if (last?.key !== key) last = { key, masks: createMasks(draw, size, settings) };
    return last.masks;
  }
  return predictionMethod({
    ...RISE,
    predictions: ({ masks }) => masks,
    async map({ height, width, probabilities }, { masks: count, grid, keep, seed }) {
      const maskOf = masksOf({ height, width }, { count, grid, keep, seed });
      const found = await probabilities(count, (index, image) => {
        const mask = maskOf(index);
        for (let pixel = 0, i = 0; pixel < mask.length; pixel++) {
          const shown = mask[pixel] as number;
          for (let channel = 0; channel < 3; channel++, i++) image[i] = (image[i] as number) * shown;
        }
      });
      const [sums, shown] = [new Float64Array(height * width), new Float64Array(height * width)];
      for (let index = 0; index < count; index++) {
        const mask = maskOf(index);
        for (let pixel = 0; pixel < sums.length; pixel++) {
          const weight = mask[pixel] as number;
          sums[pixel] = (sums[pixel] as number) + weight * (found[index] as number);
          shown[pixel] = (shown[pixel] as number) + weight;
        }
      }
      return Float32Array.from(sums, (sum, pixel) => (shown[pixel] === 0 ? 0 : sum / (shown[pixel] as number)));
    },
  });
}

export const rise = createRise((mask, cells, seed) => {
  const random = createRandom('rise', seed, mask);
  return {
    cells: Float64Array.from({ length: cells }, () => random.uniform()),
    shift: [random.uniform(), random.uniform()],
  };
});

interface MaskSettings {
  readonly count: number;
  readonly grid: number;
  readonly keep: number;
  readonly seed: number;
}

/** @returns [height · width], 0 … 1 */
type MaskOf = (mask: number) => Float32Array;

/** Masks are the same for every image, and are made once where they take no more. */
const MOST_VALUES = 16_000_000;

function createMasks(draw: DrawMask, { height, width }: Size, { count, grid, keep, seed }: MaskSettings): MaskOf {
  const known: Float32Array[] = [];
  const [down, across] = [Math.ceil(height / grid), Math.ceil(width / grid)];
  function make(mask: number): Float32Array {
    const { cells, shift } = draw(mask, grid * grid, seed);
    const values = Float32Array.from(cells, (cell) => Number(cell < keep));
    const large = resample({ height: grid, width: grid, channels: 1, values }, height + down, width + across);
    const [top, left] = [Math.floor(down * shift[0]), Math.floor(across * shift[1])];
    const cut = new Float32Array(height * width);
    for (let y = 0; y < height; y++) {
      const start = (top + y) * (width + across) + left;
      cut.set(large.subarray(start, start + width), y * width);
    }
    return cut;
  }
  const isHeld = count * height * width <= MOST_VALUES;
  return (mask) => (isHeld ? (known[mask] ??= make(mask)) : make(mask));
}
