/** A sweep as a study file has it: recipes × seeds, each of which is trained as a run of its own. */
import * as z from 'zod';

/** More recipes or seeds are mostly a mistake. */
export const MOST_RECIPES = 200;
export const MOST_SEEDS = 100;
export const MOST_CELLS = 2000;

/** What recipes may change: what is trained, and nothing of what is asked afterwards. */
const SETTING_RULE = 'a setting under dataset, model or training, such as "training.learningRate", and not the seed';
const settingPath = z
  .string()
  .max(200)
  .regex(/^(?!training\.(?:seed|keepCheckpoints)(?:\.|$))(?:dataset|model|training)(?:\.[A-Za-z0-9]+)+$/)
  .meta({ patternErrorMessage: SETTING_RULE });

const axesSchema = z.record(settingPath, z.array(z.json()).min(1).max(MOST_RECIPES)).meta({
  description:
    'Settings by their dotted names, each with the values it takes: every combination is a recipe. null takes a setting away.',
  absent: 'none: then there are "recipes"',
  examples: [{ 'training.augmentation': ['none', 'flipCrop', 'cutout'], 'training.learningRate': [0.1, 0.05] }],
});

const recipesSchema = z.record(z.string().min(1).max(100), z.record(settingPath, z.json())).meta({
  description:
    'Recipes by name, each with the settings, by their dotted names, in which it differs from the study. null takes a setting away.',
  absent: 'none: then there are "axes"',
  examples: [{ plain: {}, cutout: { 'training.augmentation': ['flipCrop', 'cutout'] } }],
});

export const SWEEP_TESTS = ['none', 'last', 'all'] as const;

export const sweepSchema = z
  .strictObject({
    axes: axesSchema.optional(),
    recipes: recipesSchema.optional(),
    seeds: z
      .union([z.int().min(1).max(MOST_SEEDS), z.array(z.int().min(0).max(0xffff_ffff)).min(1).max(MOST_SEEDS)])
      .default(3)
      .meta({
        description:
          'How many seeds each recipe is trained with, from training.seed on, or which. The same seeds pair across recipes; they reach weights, order, augmentation and perturbations.',
        examples: [5, [1, 2, 3]],
      }),
    tests: z
      .enum(SWEEP_TESTS)
      .default('last')
      .meta({
        description:
          "At which checkpoints a run of the sweep is tested by the study's perturbations, attacks and measurements once it is trained.",
        enumDescriptions: ['at none', 'at its last one', 'at each of explain.checkpoints'],
      }),
    baseline: z.string().max(400).optional().meta({
      description: 'The name of the recipe that the others are compared with.',
      absent: 'the first',
    }),
  })
  .optional()
  .meta({
    description: 'Recipes × seeds: every cell is trained as a run of its own, by "epochlens sweep" or Run Sweep.',
    absent: 'the study is trained once',
  });
export type SweepFile = NonNullable<z.output<typeof sweepSchema>>;
