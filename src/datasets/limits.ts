/** Settings that every kind of data set has. */
import * as z from 'zod';

const limit = (set: string, example: number) =>
  z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: `How many ${set} images to use, from the first.`, absent: 'all', examples: [example] });

export const limits = { trainLimit: limit('training', 5000), testLimit: limit('test', 1000) };
