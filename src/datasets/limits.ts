/** Settings that every kind of data set has. */
import * as z from 'zod';

const limit = (set: string, example: number) =>
  z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: `How many ${set} images to use, from the first.`, absent: 'all', examples: [example] });

const validation = z
  .strictObject({
    count: z
      .int()
      .min(1)
      .max(1_000_000)
      .meta({ description: 'How many training images are kept back, of each class its share.', examples: [5000] }),
  })
  .optional()
  .meta({
    description:
      'Training images that are never trained on: the best epoch is chosen by their accuracy, and a temperature is fitted on them. Which ones follows from training.seed.',
    absent: 'none, and test images choose the best epoch',
    examples: [{ count: 5000 }],
  });

export const limits = { trainLimit: limit('training', 5000), testLimit: limit('test', 1000), validation };
