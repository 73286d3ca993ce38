/** How image files are brought to the network's input: as a study says it, and with the defaults of its network. */
import { z } from 'zod';
import type { ArchitectureName } from '../architectures';
import { imagenetWeights } from './architectures';

export const RESIZE_MODES = ['crop', 'pad', 'stretch'] as const;
export type ResizeMode = (typeof RESIZE_MODES)[number];

const interpolation = z
  .enum(['bicubic', 'bilinear'])
  .optional()
  .meta({ description: 'How pixels are resized. By default bicubic, as in timm; of "stretch" bilinear.' });

export const MOST_CROPPED = 0.1;

export const resizeSchema = z
  .union([
    z.enum(RESIZE_MODES),
    z.discriminatedUnion('mode', [
      z.strictObject({
        mode: z
          .literal('crop')
          .meta({ description: 'As timm evaluates: the shorter side is resized, and the centre cut out.' }),
        cropFraction: z.number().min(MOST_CROPPED).max(1).optional().meta({
          description:
            "The side of the crop as a share of the picture's shorter side: timm's crop_pct. By default timm's of the network (efficientnet_b0 0.875, resnet18 0.95), else 0.875.",
        }),
        interpolation,
      }),
      z.strictObject({
        mode: z
          .literal('pad')
          .meta({ description: 'All of the picture in its proportions, the rest filled with the mean colour.' }),
        interpolation,
      }),
      z.strictObject({
        mode: z.literal('stretch').meta({ description: 'All of the picture, whatever its proportions.' }),
        interpolation,
      }),
    ]),
  ])
  .optional()
  .meta({
    description:
      'How image files are brought to the input: crop (as timm evaluates: the shorter side is resized to inputSize ÷ cropFraction, and the centre cut out), pad (the longer side is resized to inputSize, the rest filled with the mean colour), or stretch (both sides, whatever the proportions). Without it they are stretched. A picture of just the input size is taken as it is, and images of the data set are given as in training.',
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

export function resolveResize(written: WrittenResize, architecture: ArchitectureName): ResizeSettings {
  const asked: { mode: ResizeMode; cropFraction?: number | undefined; interpolation?: Interpolation | undefined } =
    typeof written === 'string' ? { mode: written } : written;
  const { mode, cropFraction, interpolation: kernel } = asked;
  if (mode !== 'crop') return { mode, interpolation: kernel ?? (mode === 'stretch' ? 'bilinear' : 'bicubic') };
  return {
    mode,
    cropFraction: cropFraction ?? imagenetWeights(architecture)?.cropFraction ?? DEFAULT_CROP_FRACTION,
    interpolation: kernel ?? 'bicubic',
  };
}
