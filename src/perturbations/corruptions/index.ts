/**
 * Corruptions of CIFAR-10-C (Hendrycks and Dietterich 2019) with the constants of its own program, at severities 1 to 5.
 * Those that need pictures, programs or libraries from outside are not among them: motion blur, snow, frost, fog,
 * elastic transform, spatter. Values are not cut to whole grey levels, as CIFAR-10-C's files are: they lie half a level
 * higher on average.
 */
import * as z from 'zod';
import type { Random } from '../../common/random';
import { perturbationKind } from '../perturbationKind';
import { clip, type Picture } from '../picture';
import { COMMON_SETTINGS, DEFAULT_ROUNDS, OPTIONAL_ROUNDS } from '../settings';
import { defocusBlur, gaussianBlurAt, glassBlur } from './blurs';
import { brightness, contrast, saturate } from './colour';
import { jpegCompression } from './jpeg';
import { gaussianNoise, impulseNoise, shotNoise, speckleNoise } from './noises';
import { pixelate } from './pixelate';
import { zoomBlur } from './zoomBlur';

interface Corruption {
  readonly description: string;
  /** Whether every round is another draw. */
  readonly isRandom: boolean;
  /** The result may leave 0 … 255. @param severity 1 … 5 */
  readonly apply: (picture: Picture, severity: number, random: Random) => Float32Array;
}

/** By the names that they have in CIFAR-10-C. */
const CORRUPTIONS = {
  gaussian_noise: random('Gaussian noise, of standard deviation 0.04 to 0.1', gaussianNoise),
  shot_noise: random('Poisson noise, as of few photons', shotNoise),
  impulse_noise: random('values that are black or white, 1 to 7 % of them', impulseNoise),
  speckle_noise: random('Gaussian noise that grows with brightness', speckleNoise),
  gaussian_blur: fixed('Gaussian blur, of standard deviation 0.4 to 1 pixels', gaussianBlurAt),
  defocus_blur: fixed('blur by a disc, as out of focus', defocusBlur),
  glass_blur: random('pixels displaced by one, as behind frosted glass', glassBlur),
  zoom_blur: fixed('the mean of zooms of up to 6 to 25 %', zoomBlur),
  brightness: fixed('brighter', brightness),
  contrast: fixed('less contrast', contrast),
  saturate: fixed('less (severities 1 and 2) or more saturated', saturate),
  pixelate: fixed('resized to 95 to 65 % and back', pixelate),
  jpeg_compression: fixed('JPEG, of quality 80 to 40', jpegCompression),
} as const satisfies Readonly<Record<string, Corruption>>;

function random(description: string, apply: Corruption['apply']): Corruption {
  return { description, isRandom: true, apply };
}

function fixed(description: string, apply: Corruption['apply']): Corruption {
  return { description, isRandom: false, apply };
}

export type CorruptionName = keyof typeof CORRUPTIONS;
export const CORRUPTION_NAMES = Object.keys(CORRUPTIONS) as [CorruptionName, ...CorruptionName[]];

const isRandom = ({ name }: { readonly name: CorruptionName }): boolean => CORRUPTIONS[name].isRandom;

export const corruption = perturbationKind({
  kind: 'corruption',
  schema: z
    .strictObject({
      kind: z.literal('corruption').meta({ description: 'A corruption of CIFAR-10-C, with its constants.' }),
      name: z.enum(CORRUPTION_NAMES).meta({
        description:
          'Which one. Those that need pictures or programs from outside are left out: motion blur, snow, frost, fog, elastic transform, spatter.',
        enumDescriptions: Object.values(CORRUPTIONS).map(({ description }) => description),
      }),
      severity: z
        .int()
        .min(1)
        .max(5)
        .default(3)
        .meta({ description: 'From 1, slight, to 5, severe.', examples: [1, 3, 5] }),
      ...COMMON_SETTINGS,
      rounds: OPTIONAL_ROUNDS.meta({
        description: 'How many times each image is corrupted, with new draws.',
        absent: '3, or 1 where nothing is drawn',
        examples: [3],
      }),
    })
    .transform((entry) => ({ ...entry, rounds: entry.rounds ?? (isRandom(entry) ? DEFAULT_ROUNDS : 1) }))
    .meta({ title: 'Corruption of CIFAR-10-C' }),
  cost: 'heavy',
  text: ({ name, severity }) => `${name} at severity ${severity}`,
  define: ({ name, severity }) =>
    `CIFAR-10-C’s corruption “${name}” (${CORRUPTIONS[name].description}, over severities 1 to 5) with the constants of its program at severity ${severity}, on the image at its own resolution; values are clipped to their range and not rounded to whole grey levels.`,
  nameOf: ({ name }) => name,
  isRandom,
  draw: () => undefined,
  apply: (picture, { name, severity }, _, stream) => clip(CORRUPTIONS[name].apply(picture, severity, stream)),
});
