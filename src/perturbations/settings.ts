/** The settings that a perturbation of every kind has in a study file. */
import * as z from 'zod';

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
      .meta({ description: 'Mean drop of the probability of the clean prediction.', absent: 'nothing is asked of it' }),
    accuracy: z
      .strictObject({
        min: z
          .number()
          .min(0)
          .max(100)
          .meta({ description: 'At least this, in per cent.', examples: [80] }),
      })
      .optional()
      .meta({ description: 'Accuracy on the perturbed images.', absent: 'nothing is asked of it' }),
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
        absent: 'nothing is asked of it',
      }),
  })
  .optional()
  .meta({ description: 'What must hold for a checkpoint to pass.', absent: 'nothing is asked' });

export const DEFAULT_ROUNDS = 3;
const roundsSchema = z.int().min(1).max(1000);

/** The settings of a kind whose every round is another draw. */
export const COMMON_SETTINGS = {
  rounds: roundsSchema.default(DEFAULT_ROUNDS).meta({
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
      description: 'How many test images to perturb, from the first.',
      absent: 'all',
      examples: [200],
    }),
  expect: expectSchema,
};

/** The rounds of a kind that may draw nothing at random: the kind's schema says how many are the default. */
export const OPTIONAL_ROUNDS = roundsSchema.optional();

/** A problem that no single setting shows: settings that are right by themselves and not together. */
export interface SettingProblem {
  /** The setting's place in the entry. */
  readonly path: readonly (string | number)[];
  readonly summary: string;
  readonly found: string;
  readonly expected: string;
  /** What the editor offers to do: another value for the setting, or undefined to leave it out. */
  readonly fix?: { readonly title: string; readonly value: unknown };
}
