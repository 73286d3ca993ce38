import * as z from 'zod';
import { augmentationSchema } from '../augmentations';
import { recipeSettings, stepScheduleSchema } from './recipeSchema';

export const MAX_EPOCHS = 10_000;
const MOST_IN_A_BATCH = 4096;

/** What the training images are labelled with. */
export const LABELS = ['true', 'permuted'] as const;
export type TrainingLabels = (typeof LABELS)[number];
/** In a sentence about a training. */
export function permutedLabelsText(seed: number): string {
  return `training labels permuted by seed ${seed}, as many of each class; test labels are the true ones`;
}

const keepCheckpointsSchema = z
  .union([
    z.enum(['all', 'bestAndLast']),
    z.strictObject({
      every: z
        .int()
        .min(1)
        .max(MAX_EPOCHS)
        .meta({ description: 'Every so many-th epoch, 0 included.', examples: [5] }),
    }),
    z.array(z.int().min(0).max(MAX_EPOCHS)).min(1).max(MAX_EPOCHS),
  ])
  .meta({
    description:
      'Whose checkpoints stay as the training goes on: all, every n-th, some epochs, or the one of the best accuracy (on the validation images of dataset.validation, else on the test images) and the last. The last two always stay.',
    absent: 'all',
    examples: ['all', 'bestAndLast', { every: 5 }, [0, 1, 2, 3, 20]],
  });
export type KeepCheckpoints = z.output<typeof keepCheckpointsSchema>;

export const trainingSchema = z
  .strictObject({
    epochs: z
      .int()
      .min(0)
      .max(MAX_EPOCHS)
      .default(20)
      .meta({
        description:
          'How many times to go through the training images. 0 keeps only epoch 0, the network before training.',
        examples: [20],
      }),
    batchSize: z
      .int()
      .min(1)
      .max(MOST_IN_A_BATCH)
      .default(64)
      .meta({
        description: 'Images in one step of the optimiser.',
        examples: [64, 128],
      }),
    microBatchSize: z
      .int()
      .min(1)
      .max(MOST_IN_A_BATCH)
      .exactOptional()
      .meta({
        description:
          'At most so many images of a batch are computed at a time; their gradients are added up to one step. The run keeps how many. Batch norm normalises each part by itself: parts of fewer than 16 images cost accuracy.',
        absent: 'as many as fit the free memory',
        examples: [32, 16],
      }),
    learningRate: z
      .number()
      .min(0)
      .max(100)
      .default(0.01)
      .meta({
        description: 'Learning rate of stochastic gradient descent, before the schedule.',
        examples: [0.01, 0.1],
      }),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .default(0.9)
      .meta({
        description: "Momentum, in PyTorch's sense: velocity = momentum × velocity + gradient.",
        examples: [0.9],
      }),
    weightDecay: z
      .number()
      .min(0)
      .max(10)
      .default(0.0005)
      .meta({
        description: "Weight decay, in PyTorch's sense: weightDecay × parameter is added to the gradient.",
        examples: [0.0005, 0.0001],
      }),
    schedule: z
      .union([
        z.enum(['constant', 'cosine']).meta({
          enumDescriptions: [
            'the same throughout',
            'falls along half a cosine, once an epoch, as CosineAnnealingLR does',
          ],
        }),
        stepScheduleSchema,
      ])
      .default('constant')
      .meta({ description: 'How the learning rate goes over the epochs.' }),
    warmupEpochs: z
      .int()
      .min(0)
      .max(MAX_EPOCHS)
      .default(0)
      .meta({
        description:
          'Over so many first epochs n the learning rate rises in a straight line to its value, once an epoch, as LinearLR(start_factor=1/(n+1), total_iters=n) does before the schedule.',
        examples: [0, 5],
      }),
    seed: z
      .int()
      .min(0)
      .max(0xffff_ffff)
      .default(1)
      .meta({
        description: 'Initial weights, order and augmentation follow from this number: the same seed, the same result.',
        examples: [1],
      }),
    augmentation: augmentationSchema,
    ...recipeSettings,
    labels: z
      .enum(LABELS)
      .exactOptional()
      .meta({
        description:
          'The labels of the training images. Test images always have the true ones. A network that was trained on permuted labels has learned images by heart: a heatmap that cannot be told from its own does not show what a network has learned of the classes.',
        enumDescriptions: [
          'as the data set has them',
          'the same labels, as many of each class, permuted once by the seed, so that they say nothing of the images',
        ],
        absent: '"true"',
      }),
    keepCheckpoints: keepCheckpointsSchema.exactOptional(),
  })
  .meta({ description: 'How the network is trained: cross-entropy, stochastic gradient descent with momentum.' });
export type TrainingSettings = z.output<typeof trainingSchema>;
