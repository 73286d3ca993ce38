import * as z from 'zod';
import type { Random } from '../common/random';
import { augmentationKind, type Pixels } from './augmentationKind';
import { filled, type Rectangle } from './rectangle';

/** How often a rectangle is drawn that does not fit before the image is left as it is: torchvision's number. */
const TRIES = 10;

const share = z.number().gt(0).lt(1);
const ratio = z.number().min(0.01).max(100);

/** With a probability a random rectangle is filled (Zhong et al. 2020), drawn as torchvision's RandomErasing draws it. */
export const randomErasing = augmentationKind({
  kind: 'randomErasing',
  schema: z
    .strictObject({
      kind: z.literal('randomErasing').meta({ description: 'With a probability, a random rectangle is filled.' }),
      probability: z
        .number()
        .gt(0)
        .max(1)
        .default(0.5)
        .meta({ description: 'That an image is changed at all.', examples: [0.5] }),
      area: z
        .tuple([share, share])
        .default([0.02, 0.33])
        .meta({
          description: "The smallest and the largest share of the image's area that is filled.",
          examples: [[0.02, 0.33]],
        }),
      aspect: z
        .tuple([ratio, ratio])
        .default([0.3, 3.3])
        .meta({
          description: "The smallest and the largest of the rectangle's height over its width.",
          examples: [[0.3, 3.3]],
        }),
      fill: z
        .enum(['mean', 'random'])
        .default('mean')
        .meta({
          description: 'What it is filled with.',
          enumDescriptions: [
            'the mean colour of the normalisation',
            'values from 0 to 255, drawn for each channel of each pixel',
          ],
        }),
    })
    .meta({ title: 'Random erasing' }),
  description: 'with probability ½, a random rectangle is filled with the mean colour',
  cost: 'light',
  sources: ['zhong2020random'],
  text: ({ probability, fill }) => `randomErasing ${probability}${fill === 'mean' ? '' : ` ${fill}`}`,
  define: ({ probability, area, aspect, fill }) =>
    `With probability ${probability} a rectangle is filled with ${fill === 'mean' ? 'the mean colour of the normalisation, rounded to whole grey levels' : 'whole numbers from 0 to 255, drawn uniformly for each channel of each pixel'}. Its area is drawn uniformly from ${area[0]} to ${area[1]} of the image’s, the logarithm of its height over its width uniformly from those of ${aspect[0]} to ${aspect[1]}, and its place uniformly among those inside the image; a rectangle that does not fit is drawn anew up to ten times, as torchvision’s RandomErasing does.`,
  problems: ({ area, aspect }) => [...unordered('area', area), ...unordered('aspect', aspect)],
  apply(image, { probability, area, aspect, fill }, random, mean) {
    if (random.uniform() >= probability) return image.pixels.slice();
    const place = drawRectangle(image, { area, aspect }, random);
    if (place === undefined) return image.pixels.slice();
    return filled(image, place, fill === 'mean' ? () => mean : () => drawColour(random));
  },
});

function unordered(setting: string, [smallest, largest]: readonly [number, number]) {
  if (smallest <= largest) return [];
  const found = `[${smallest}, ${largest}]`;
  return [{ setting, summary: `the smallest ${setting} is above the largest`, found, expected: '[smallest, largest]' }];
}

interface Shape {
  readonly area: readonly [number, number];
  readonly aspect: readonly [number, number];
}

function drawRectangle({ height, width }: Pixels, { area, aspect }: Shape, random: Random): Rectangle | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const covered = height * width * random.uniform(...area);
    const tall = Math.exp(random.uniform(Math.log(aspect[0]), Math.log(aspect[1])));
    const rows = Math.round(Math.sqrt(covered * tall));
    const columns = Math.round(Math.sqrt(covered / tall));
    if (rows >= height || columns >= width) continue;
    const top = random.integer(height - rows + 1);
    const left = random.integer(width - columns + 1);
    return { top, bottom: top + rows, left, right: left + columns };
  }
  return undefined;
}

function drawColour(random: Random): readonly number[] {
  return [random.integer(256), random.integer(256), random.integer(256)];
}
