/** Batches of training images, augmented. Made on the pixels, so that every engine sees the same ones. */
import { createRandom, type Random } from '../common/random';
import type { Colour, Pixels } from './augmentationKind';
import { kindOf, type AugmentationEntry } from './kinds';
import { entriesOf, type Augmentation } from './schema';

export interface AugmentationDraw {
  readonly seed: number;
  readonly epoch: number;
  /** Each image's number in its set: what it is drawn from, whatever batch the image is met in. */
  readonly indices: ArrayLike<number>;
}

/** Images of one size, [n, height, width, 3]. */
export type PixelBatch = Pixels;

/**
 * Each image by itself: which others are in the batch plays no part.
 * @param mean of each channel, of values in [0, 1], that normalisation brings to zero
 * @returns [n, height, width, 3]; the given pixels are left as they are
 */
export function augment(
  { height, width, pixels }: PixelBatch,
  augmentation: Augmentation,
  { seed, epoch, indices }: AugmentationDraw,
  mean: readonly number[],
): Uint8Array<ArrayBuffer> {
  const size = height * width * 3;
  const augmented = new Uint8Array(pixels.length);
  const entries = entriesOf(augmentation);
  const colour = mean.map((value) => Math.round(value * 255)) as unknown as Colour;
  for (let row = 0; row * size < pixels.length; row++) {
    let image: Pixels = { height, width, pixels: pixels.subarray(row * size, (row + 1) * size) };
    for (const [place, entry] of entries.entries()) {
      const random = streamOf(entries, place, [seed, epoch, indices[row] as number]);
      image = { ...image, pixels: kindOf(entry).apply(image, entry, random, colour) };
    }
    augmented.set(image.pixels, row * size);
  }
  return augmented;
}

/** Each kind has a stream of its own, so that another kind before it changes none of its draws; a repeated one, too. */
function streamOf(entries: readonly AugmentationEntry[], place: number, key: readonly number[]): Random {
  const entry = entries[place] as AugmentationEntry;
  const before = entries.slice(0, place).filter(({ kind }) => kind === entry.kind).length;
  const { stream = `augmentation ${entry.kind}` } = kindOf(entry);
  return createRandom(stream, ...key, ...(before === 0 ? [] : [before]));
}
