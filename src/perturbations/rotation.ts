import * as z from 'zod';
import { fixedText } from '../common/numberText';
import { affineInverse, warp, type Affine } from './affine';
import { perturbationKind } from './perturbationKind';
import type { Picture } from './picture';
import { rangeProblems, rangeSchema, rangeText } from './range';
import { COMMON_SETTINGS } from './settings';

/** A turn about the centre, counter-clockwise as one looks at the image, whose rows go down. */
export const rotation = perturbationKind({
  kind: 'rotation',
  schema: z
    .strictObject({
      kind: z.literal('rotation').meta({ description: 'Rotation about the centre, by a uniformly drawn angle.' }),
      degrees: rangeSchema(180)
        .default([-30, 30])
        .meta({
          description: 'Smallest and largest angle in degrees, counter-clockwise.',
          examples: [[-30, 30]],
        }),
      ...COMMON_SETTINGS,
    })
    .meta({ title: 'Rotation' }),
  cost: 'light',
  text: ({ degrees }) => `rotation ${rangeText(degrees)}°`,
  problems: ({ degrees }) => rangeProblems(degrees, ['degrees'], 'angle'),
  define: ({ degrees }) =>
    `The image is turned about its centre by an angle drawn uniformly from ${rangeText(degrees)}°, counter-clockwise where positive, at its own resolution; pixels are interpolated bilinearly, and black stands where the turned image shows nothing.`,
  draw: ({ degrees }, random) => random.uniform(...degrees),
  describe: (degrees) => ({ text: `${fixedText(degrees, 1)}°`, parameters: { degrees } }),
  apply: (picture, _, degrees) => rotate(picture, degrees),
  undo: {
    text: 'turned back',
    inverse: (degrees, _, size) => affineInverse(turn(-degrees), size),
  },
});

/** Where a pixel of an image that was turned by so many degrees comes from. */
function turn(degrees: number): Affine {
  const radians = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  return { xx: cosine, xy: -sine, x0: 0, yx: sine, yy: cosine, y0: 0 };
}

/**
 * The image turned counter-clockwise, black where nothing is: torchvision's `rotate(image, degrees, BILINEAR, fill=0)`.
 * Like torchvision it blends an edge with the fill by how much of the sample lies inside, after zeros outside have
 * already darkened it: an edge fades by the square of that share.
 */
export function rotate(picture: Picture, degrees: number): Float32Array {
  return warp(picture, turn(degrees), (into, offset, inside) => {
    for (let channel = 0; channel < 3; channel++) {
      into[offset + channel] = (into[offset + channel] as number) * inside;
    }
  });
}
