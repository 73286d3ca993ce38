import * as z from 'zod';
import { DEFAULT_METHOD, METHOD_IDS, METHODS, methodText } from '../explanations';
import { methodParametersSchema } from './methodParametersSchema';
import { resizeSchema } from './resizeSchema';
import { MAX_EPOCHS } from './trainingSchema';

/** Every epoch that a training can have, once. */
const MOST_CHECKPOINTS = MAX_EPOCHS + 1;

const indices = (of: string) =>
  z
    .array(z.int().min(0).max(999_999))
    .max(1000)
    .optional()
    .meta({
      description: `Indices of ${of} images, from 0.`,
      absent: 'none',
      examples: [[3, 17, 42]],
    });

const imagesSchema = z
  .strictObject({
    test: indices('test'),
    train: indices('training'),
    random: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta({
        description: "So many test images, drawn by the training's seed. In place of test and train.",
        absent: 'none, where test or train are given',
        examples: [8],
      }),
  })
  .prefault({ random: 8 })
  .meta({ description: 'The images to lay heatmaps over: by index, or so many at random.' });

export const explainSchema = z
  .strictObject({
    checkpoints: z
      .union([z.literal('all'), z.array(z.int().min(0).max(MAX_EPOCHS)).min(1).max(MOST_CHECKPOINTS)])
      .default('all')
      .meta({
        description: "The epochs to compare: 'all', or a list. Epoch 0 of a training here is the network before it.",
        examples: ['all', [0, 1, 2, 3, 20]],
      }),
    images: imagesSchema,
    resize: resizeSchema,
    method: z
      .enum(METHOD_IDS)
      .default(DEFAULT_METHOD)
      .meta({
        description: 'How the heatmap is computed.',
        enumDescriptions: METHODS.map(methodText),
      }),
    parameters: methodParametersSchema,
    layer: z
      .string()
      .min(1)
      .max(200)
      .default('auto')
      .meta({
        description:
          "The convolutional stage to look at, by name. 'auto' is the last one before global pooling; mean(layer2,layer3) and maximum(layer2,layer3) fuse the maps of several, each scaled to 1.",
        examples: ['auto', 'layer3', 'mean(layer2,layer3)'],
      }),
  })
  .meta({ description: 'What to explain: which images, at which epochs, and how.' });
