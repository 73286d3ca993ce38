import * as z from 'zod';
import { fixedText } from '../common/numberText';
import type { Random } from '../common/random';
import { affineInverse, blendOf, edgeText, fillSchema, fillText, warp, type Affine } from './affine';
import { perturbationKind } from './perturbationKind';
import { rangeProblems, rangeSchema, rangeText, type Range } from './range';
import { COMMON_SETTINGS, type SettingProblem } from './settings';

/** Pixels. */
const FARTHEST = 1024;
const axisSchema = rangeSchema(FARTHEST).default([0, 0]);
/** Of both axes, or of each. */
const rangesSchema = z.union([
  rangeSchema(FARTHEST),
  z.strictObject({
    x: axisSchema.meta({ description: 'Smallest and largest shift to the right, in pixels.' }),
    y: axisSchema.meta({ description: 'Smallest and largest shift down, in pixels.' }),
  }),
]);

/** A shift of the whole image, to the right and down. */
export const translation = perturbationKind({
  kind: 'translation',
  schema: z
    .strictObject({
      kind: z.literal('translation').meta({ description: 'Translation, by a uniformly drawn shift along each axis.' }),
      pixels: rangesSchema.default([-4, 4]).meta({
        description:
          'Smallest and largest shift in pixels of the image, positive to the right and down: of both axes, or of each.',
        examples: [[-4, 4], { x: [-4, 4] }],
      }),
      interpolation: z
        .enum(['nearest', 'bilinear'])
        .default('nearest')
        .meta({
          description: 'Whether shifts are of whole pixels.',
          enumDescriptions: ['by whole pixels, each as likely', 'by fractions of pixels, too'],
        }),
      fill: fillSchema,
      ...COMMON_SETTINGS,
    })
    .meta({ title: 'Translation' }),
  cost: 'light',
  text({ pixels, interpolation, fill }) {
    const ranges = Array.isArray(pixels) ? rangeText(pixels) : `x ${rangeText(pixels.x)}, y ${rangeText(pixels.y)}`;
    return `translation ${ranges} px${interpolation === 'bilinear' ? ' bilinear' : ''}${fillText(fill)}`;
  },
  define({ pixels, interpolation, fill }) {
    const shifts = Array.isArray(pixels)
      ? `along each axis by a shift drawn uniformly from ${rangeText(pixels)} pixels`
      : `to the right by a shift drawn uniformly from ${rangeText(pixels.x)} pixels, and down by one from ${rangeText(pixels.y)}`;
    const steps = interpolation === 'nearest' ? 'whole pixels' : 'fractions of pixels, interpolated bilinearly';
    return `The whole image is moved ${shifts} of its own resolution (positive is right and down), by ${steps}; ${edgeText(fill)}.`;
  },
  problems({ pixels, interpolation }) {
    const found = (range: Range, path: SettingProblem['path']): SettingProblem[] => [
      ...rangeProblems(range, path, 'shift'),
      ...(interpolation === 'nearest' ? wholeProblems(range, path) : []),
    ];
    if (Array.isArray(pixels)) return found(pixels, ['pixels']);
    return [...found(pixels.x, ['pixels', 'x']), ...found(pixels.y, ['pixels', 'y'])];
  },
  draw({ pixels, interpolation }, random) {
    const { x, y } = Array.isArray(pixels) ? { x: pixels, y: pixels } : pixels;
    const shift = (range: Range): number =>
      interpolation === 'nearest' ? wholeNumber(range, random) : random.uniform(...range);
    return { x: shift(x), y: shift(y) };
  },
  describe({ x, y }, { interpolation }) {
    const digits = interpolation === 'nearest' ? 0 : 1;
    return {
      text: `x ${fixedText(x, digits)}, y ${fixedText(y, digits)} px`,
      parameters: { pixels_x: x, pixels_y: y },
    };
  },
  apply: (picture, { fill }, { x, y }) => warp(picture, offset(-x, -y), blendOf(fill, picture)),
  undo: {
    text: 'moved back',
    inverse: ({ x, y }, _, size) => affineInverse(offset(x, y), size),
  },
});

function offset(x0: number, y0: number): Affine {
  return { xx: 1, xy: 0, x0, yx: 0, yy: 1, y0 };
}

/** A whole number of the range, each as likely. */
function wholeNumber([smallest, largest]: Range, random: Random): number {
  const first = Math.ceil(smallest);
  return first + random.integer(Math.floor(largest) - first + 1);
}

function wholeProblems([smallest, largest]: Range, path: SettingProblem['path']): SettingProblem[] {
  if (smallest > largest || Math.ceil(smallest) <= Math.floor(largest)) return [];
  return [
    {
      path,
      summary: 'no whole number of pixels lies in the range',
      found: `[${smallest}, ${largest}]`,
      expected: 'a range with a whole number, or "interpolation": "bilinear"',
    },
  ];
}
