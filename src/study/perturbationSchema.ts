import { z } from 'zod';
import { CORRUPTION_DESCRIPTIONS, CORRUPTION_NAMES, drawsAtRandom } from './corruptions';

const expectSchema = z
  .strictObject({
    confidenceDrop: z
      .strictObject({
        max: z
          .number()
          .min(-1)
          .max(1)
          .meta({ description: 'At most this, in probability: 0.02 is two points.', examples: [0.02] }),
      })
      .optional()
      .meta({ description: 'Mean drop of the probability of the clean prediction.' }),
    accuracy: z
      .strictObject({
        min: z
          .number()
          .min(0)
          .max(100)
          .meta({ description: 'At least this, in per cent.', examples: [80] }),
      })
      .optional()
      .meta({ description: 'Accuracy on the perturbed images.' }),
    heatmapSimilarity: z
      .strictObject({
        min: z
          .number()
          .min(-1)
          .max(1)
          .meta({ description: 'At least this: 1 is the same ranking of cells.', examples: [0.8] }),
      })
      .optional()
      .meta({
        description:
          "Mean Spearman correlation of the clean image's heatmap and the perturbed image's. A heatmap that is flat cannot be compared: where fewer than half of the pairs can be, or fewer than five images, the test cannot be decided, and fails.",
      }),
  })
  .optional()
  .meta({ description: 'What must hold for a checkpoint to pass. Nothing is asked when absent.' });

const DEFAULT_ROUNDS = 3;

/** What every kind of perturbation has. */
const common = {
  rounds: z
    .int()
    .min(1)
    .max(1000)
    .default(DEFAULT_ROUNDS)
    .meta({
      description: 'How many times each image is perturbed, with new draws.',
      examples: [3],
    }),
  seed: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .default(1)
    .meta({
      description: 'The draws follow from this number: the same for every checkpoint and every run.',
      examples: [1],
    }),
  images: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      description: 'How many test images to perturb, from the first. All when absent.',
      examples: [200],
    }),
  expect: expectSchema,
};

const gaussianNoiseSchema = z
  .strictObject({
    kind: z.literal('gaussianNoise').meta({ description: 'Gaussian noise on every pixel and channel.' }),
    standardDeviation: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .meta({
        description: 'Standard deviation on pixels in [0, 1], before normalisation; the result is clipped to [0, 1].',
        examples: [0.1],
      }),
    ...common,
  })
  .meta({ title: 'Gaussian noise' });

const degrees = z.number().min(-180).max(180);
const rotationSchema = z
  .strictObject({
    kind: z.literal('rotation').meta({ description: 'Rotation about the centre, by a uniformly drawn angle.' }),
    degrees: z
      .tuple([degrees, degrees])
      .default([-30, 30])
      .meta({
        description: 'Smallest and largest angle in degrees, counter-clockwise.',
        examples: [[-30, 30]],
      }),
    ...common,
  })
  .meta({ title: 'Rotation' });

const occlusionSchema = z
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
    fill: z
      .enum(['black', 'mean', 'blur'])
      .default('black')
      .meta({
        description: 'What they are covered with.',
        enumDescriptions: ['black', "the image's mean colour", "the image blurred around the pixel's place"],
      }),
    ...common,
  })
  .meta({ title: 'Occlusion' });

const corruptionSchema = z
  .strictObject({
    kind: z.literal('corruption').meta({ description: 'A corruption of CIFAR-10-C, with its constants.' }),
    name: z.enum(CORRUPTION_NAMES).meta({
      description:
        'Which one. Those that need pictures or programs from outside are left out: motion blur, snow, frost, fog, elastic transform, spatter.',
      enumDescriptions: CORRUPTION_DESCRIPTIONS,
    }),
    severity: z
      .int()
      .min(1)
      .max(5)
      .default(3)
      .meta({ description: 'From 1, slight, to 5, severe.', examples: [1, 3, 5] }),
    ...common,
    rounds: common.rounds
      .unwrap()
      .optional()
      .meta({
        description:
          'How many times each image is corrupted, with new draws. By default 3, or 1 where nothing is drawn.',
        examples: [3],
      }),
  })
  .transform((entry) => ({ ...entry, rounds: entry.rounds ?? (drawsAtRandom(entry.name) ? DEFAULT_ROUNDS : 1) }))
  .meta({ title: 'Corruption of CIFAR-10-C' });

export const perturbationSchema = z.discriminatedUnion('kind', [
  gaussianNoiseSchema,
  rotationSchema,
  occlusionSchema,
  corruptionSchema,
]);
export type Perturbation = z.output<typeof perturbationSchema>;
export type Expectation = NonNullable<Perturbation['expect']>;

/** Those of the published study, for a study that names none. */
export const PUBLISHED_PERTURBATIONS: readonly Perturbation[] = [
  { kind: 'gaussianNoise' as const, standardDeviation: 0.1 },
  { kind: 'rotation' as const, degrees: [-30, 30] },
  { kind: 'occlusion' as const, pixels: 20 },
].map((entry) => perturbationSchema.parse(entry));
