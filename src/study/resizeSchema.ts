/** How image files are brought to the network's input: as a study says it, and with the defaults of its network. */
import * as z from 'zod';
import type { NetworkName } from '../architectures';
import { imagenetWeights } from './architectures';

export const RESIZE_MODES = ['crop', 'pad', 'stretch'] as const;
export type ResizeMode = (typeof RESIZE_MODES)[number];

/** Of what is smaller nobody would recognise the picture. */
export const MOST_CROPPED = 0.1;

export const resizeSchema = z
  .union([
    z.enum(RESIZE_MODES),
    z.strictObject({
      mode: z.enum(RESIZE_MODES).meta({
        description: 'What is done with a picture that is not of the input size.',
        enumDescriptions: [
          'As timm evaluates: the shorter side is resized to inputSize ÷ cropFraction, and the centre cut out',
          'All of the picture in its proportions, the rest filled with the mean colour',
          'All of the picture, whatever its proportions',
        ],
      }),
      cropFraction: z
        .number()
        .min(MOST_CROPPED)
        .max(1)
        .optional()
        .meta({
          description: "Of crop: the side of the crop as a share of the picture's shorter side, timm's crop_pct.",
          absent: "timm's of the network (efficientnet_b0 0.875, resnet18 0.95), else 0.875",
          examples: [0.875, 0.95, 1],
        }),
      interpolation: z
        .enum(['bicubic', 'bilinear'])
        .optional()
        .meta({ description: 'How pixels are resized.', absent: 'bicubic, as in timm; of "stretch" bilinear' }),
    }),
  ])
  .optional()
  .meta({
    description:
      'How image files are brought to the input: crop (as timm evaluates: the shorter side is resized to inputSize ÷ cropFraction, and the centre cut out), pad (the longer side is resized to inputSize, the rest filled with the mean colour), or stretch (both sides, whatever the proportions). A picture of just the input size is taken as it is, and images of the data set are given as in training.',
    absent: 'they are stretched',
    examples: ['crop', 'pad', 'stretch', { mode: 'crop', cropFraction: 1 }],
  });
export type WrittenResize = NonNullable<z.output<typeof resizeSchema>>;

type Interpolation = 'bicubic' | 'bilinear';

/** With every default in. */
export type ResizeSettings =
  | { mode: 'crop'; cropFraction: number; interpolation: Interpolation }
  | { mode: 'pad' | 'stretch'; interpolation: Interpolation };

/** timm's `DEFAULT_CROP_PCT`. */
const DEFAULT_CROP_FRACTION = 0.875;

export function resolveResize(written: WrittenResize, architecture: NetworkName): ResizeSettings {
  const asked: Exclude<WrittenResize, string> = typeof written === 'string' ? { mode: written } : written;
  const { mode, cropFraction, interpolation = mode === 'stretch' ? 'bilinear' : 'bicubic' } = asked;
  if (mode !== 'crop') return { mode, interpolation };
  const ofNetwork = imagenetWeights(architecture)?.cropFraction ?? DEFAULT_CROP_FRACTION;
  return { mode, cropFraction: cropFraction ?? ofNetwork, interpolation };
}
