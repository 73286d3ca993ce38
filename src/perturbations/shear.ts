import * as z from 'zod';
import { fixedText } from '../common/numberText';
import { affineInverse, blendOf, edgeText, fillSchema, fillText, warp, type Affine } from './affine';
import { perturbationKind } from './perturbationKind';
import { rangeProblems, rangeSchema, rangeText } from './range';
import { COMMON_SETTINGS } from './settings';

/** A shear about the centre, in torchvision's sense: `affine(image, 0, [0, 0], 1, [degrees, 0])` along x, `[0, degrees]` along y. */
export const shear = perturbationKind({
  kind: 'shear',
  schema: z
    .strictObject({
      kind: z.literal('shear').meta({ description: 'Shear about the centre, by a uniformly drawn angle.' }),
      degrees: rangeSchema(60)
        .default([-15, 15])
        .meta({
          description:
            'Smallest and largest angle in degrees. A positive one moves the upper half to the right (axis x), or the left half down (axis y).',
          examples: [[-15, 15]],
        }),
      axis: z
        .enum(['x', 'y'])
        .default('x')
        .meta({
          description: 'Along which axis pixels move.',
          enumDescriptions: ['rows move sideways', 'columns move up and down'],
        }),
      fill: fillSchema,
      ...COMMON_SETTINGS,
    })
    .meta({ title: 'Shear' }),
  cost: 'light',
  text: ({ degrees, axis, fill }) => `shear ${axis} ${rangeText(degrees)}°${fillText(fill)}`,
  problems: ({ degrees }) => rangeProblems(degrees, ['degrees'], 'angle'),
  define: ({ degrees, axis, fill }) =>
    `The image is sheared about its centre by an angle drawn uniformly from ${rangeText(degrees)}°, so that ${axis === 'x' ? 'rows move sideways (the upper half to the right where the angle is positive)' : 'columns move up and down (the left half down where the angle is positive)'}, at its own resolution; pixels are interpolated bilinearly, and ${edgeText(fill)}.`,
  draw: ({ degrees }, random) => random.uniform(...degrees),
  describe: (degrees) => ({ text: `${fixedText(degrees, 1)}°`, parameters: { degrees } }),
  apply: (picture, { axis, fill }, degrees) => warp(picture, slant(degrees, axis), blendOf(fill, picture)),
  undo: {
    text: 'sheared back',
    inverse: (degrees, { axis }, size) => affineInverse(slant(-degrees, axis), size),
  },
});

/** Where a pixel of an image that was sheared by so many degrees comes from. */
function slant(degrees: number, axis: 'x' | 'y'): Affine {
  const tangent = Math.tan((degrees * Math.PI) / 180);
  const [xy, yx] = axis === 'x' ? [tangent, 0] : [0, tangent];
  return { xx: 1, xy, x0: 0, yx, yy: 1, y0: 0 };
}
