import * as z from 'zod';
import { augmentationKind, type Colour, type Pixels } from './augmentationKind';
import { filled } from './rectangle';

/** A square at a random centre is filled with the mean colour (DeVries and Taylor 2017). */
export const cutout = augmentationKind({
  kind: 'cutout',
  schema: z
    .strictObject({
      kind: z.literal('cutout').meta({ description: 'A square at a random place is filled with the mean colour.' }),
      size: z
        .int()
        .min(2)
        .max(1024)
        .default(16)
        .meta({
          description: "The square's side in pixels: 16 for CIFAR-10, 8 for CIFAR-100 (DeVries and Taylor 2017).",
          examples: [16, 8],
        }),
    })
    .meta({ title: 'Cutout' }),
  description: 'a square of 16 × 16 pixels at a random place is filled with the mean colour',
  cost: 'light',
  sources: ['devries2017cutout'],
  text: ({ size }) => `cutout ${size}`,
  define: ({ size }) =>
    `A square of ${size} × ${size} pixels, whose centre is drawn uniformly from all pixels and of which what lies outside of the image is cut off, is filled with the mean colour of the normalisation, rounded to whole grey levels: zero as the network sees it, to 0.01.`,
  problems: ({ size }, { height, width }) => {
    const side = Math.min(height, width);
    return size <= side
      ? []
      : [
          {
            setting: 'size',
            summary: 'the square is larger than the image',
            found: String(size),
            expected: `at most the ${side} pixels of an image's side`,
          },
        ];
  },
  apply(image, { size }, random, mean) {
    const row = random.integer(image.height);
    const column = random.integer(image.width);
    return cutOut(image, { row, column, size }, mean);
  },
});

export interface Square {
  /** Of the centre: the square reaches from `row − ⌊size/2⌋` to `row + ⌊size/2⌋ − 1`, as in the authors' program. */
  readonly row: number;
  readonly column: number;
  readonly size: number;
}

/** The image with a square of one colour; what lies outside of the image is cut off. */
export function cutOut(image: Pixels, { row, column, size }: Square, colour: Colour): Uint8Array {
  const half = Math.floor(size / 2);
  const place = { top: row - half, bottom: row + half, left: column - half, right: column + half };
  return filled(image, place, () => colour);
}
