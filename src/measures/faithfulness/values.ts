/** What is known of some images at a checkpoint, image by image, as it is kept. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { CURVES } from './scores';

/** Of the images as they are. */
export const cleanValuesSchema = z.object({
  kind: z.literal('clean'),
  /** The class that each is taken for, and the one that is explained. */
  predicted: z.array(index),
  explained: z.array(index),
  /** The explained class's probability. */
  confidence: z.array(z.number()),
});
export type CleanValues = z.output<typeof cleanValuesSchema>;

/** Of one score of one kind of map. */
export const scoredValuesSchema = z.object({
  kind: z.literal('scored'),
  /** Null where a map has none. */
  scores: z.array(z.nullable(z.number())),
  /** The explained class's probability, [images][points]. */
  curves: z.array(z.object({ curve: z.enum(CURVES), probabilities: z.array(z.array(z.number())) })),
});
export type ScoredValues = z.output<typeof scoredValuesSchema>;
