import * as z from 'zod';
import type { Random } from '../common/random';
import { perturbationKind } from './perturbationKind';
import { meanColour, type Picture } from './picture';
import { COMMON_SETTINGS } from './settings';

/** A blurred pixel is the mean of this many pixels a side around it, of those that the image has. */
const BLUR_SIDE = 5;

const fillSchema = z
  .enum(['black', 'mean', 'blur'])
  .default('black')
  .meta({
    description: 'What they are covered with.',
    enumDescriptions: ['black', "the image's mean colour", "the image blurred around the pixel's place"],
  });
type Fill = z.output<typeof fillSchema>;
const FILL_WORDS: Readonly<Record<Fill, string>> = {
  black: 'black',
  mean: 'the image’s mean colour',
  blur: `the mean of the clean image’s ${BLUR_SIDE} × ${BLUR_SIDE} pixels around the place`,
};

/** Single pixels at distinct random places are covered. */
export const occlusion = perturbationKind({
  kind: 'occlusion',
  schema: z
    .strictObject({
      kind: z.literal('occlusion').meta({ description: 'Single pixels at random places are covered.' }),
      pixels: z
        .int()
        .min(1)
        .max(1024)
        .default(20)
        .meta({
          description: 'How many distinct pixels of the 32×32 image to cover.',
          examples: [10, 20],
        }),
      fill: fillSchema,
      ...COMMON_SETTINGS,
    })
    .meta({ title: 'Occlusion' }),
  cost: 'light',
  text: ({ pixels, fill }) => `occlusion ${pixels}${fill === 'black' ? '' : ` ${fill}`}`,
  define: ({ pixels, fill }) =>
    `${pixels === 1 ? 'One single pixel' : `${pixels} single pixels, each 1 × 1 and no patch,`} at ${pixels === 1 ? 'a place' : 'distinct places'} drawn uniformly from the image at its own resolution ${pixels === 1 ? 'is' : 'are'} replaced in all three channels by ${FILL_WORDS[fill]}.`,
  draw: () => undefined,
  apply: (picture, { pixels, fill }, _, random) => occlude(picture, drawPlaces(picture, pixels, random), fill),
});

/** The first n places of a random order, so that at one seed ten covered pixels are five of them and five more. */
function drawPlaces({ height, width }: Picture, count: number, random: Random): Uint32Array {
  return random.permutation(height * width).subarray(0, count);
}

/** The image with the pixels at these places, row · width + column, replaced. */
function occlude(picture: Picture, places: Uint32Array, fill: Fill): Float32Array {
  const covered = new Float32Array(picture.pixels);
  const colourAt = colours(picture, fill);
  for (const place of places) covered.set(colourAt(place), place * 3);
  return covered;
}

/** What covers a place. Always of the clean image: the order of the places plays no part. */
function colours(picture: Picture, fill: Fill): (place: number) => readonly number[] {
  switch (fill) {
    case 'black':
      return () => [0, 0, 0];
    case 'mean': {
      const mean = meanColour(picture);
      return () => mean;
    }
    case 'blur':
      return (place) => blurred(picture, place);
  }
}

function blurred(picture: Picture, place: number): readonly number[] {
  const reach = (BLUR_SIDE - 1) / 2;
  const row = Math.floor(place / picture.width);
  const column = place % picture.width;
  const [top, left] = [Math.max(0, row - reach), Math.max(0, column - reach)];
  const bottom = Math.min(picture.height, row + reach + 1);
  const right = Math.min(picture.width, column + reach + 1);
  return meanColour(picture, { top, left, bottom, right });
}
