/** The numbers of one method's maps at one checkpoint. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { estimateSchema, rateSchema } from '../../statistics/schemas';
import { CONTROL_IDS } from './controls';
import { CURVES, SCORE_IDS } from './scores';

/** The mean over images of the class's probability, at each share of the pixels, 0 … 1. */
const meanCurveSchema = z.object({
  curve: z.enum(CURVES),
  shares: z.array(z.number()),
  probabilities: z.array(z.number()),
});
export type MeanCurve = z.output<typeof meanCurveSchema>;

/** An image's scores, in the order of the images; null where a map has none. Empty where it is not sent. */
const perImage = z.array(z.nullable(z.number()));

const controlledSchema = z.object({
  control: z.enum(CONTROL_IDS),
  /** The control's own score; null where no image has one. */
  estimate: z.nullable(estimateSchema),
  /**
   * The method's score minus the control's, image by image, over the images for which both have one, with a bootstrap
   * interval; null where there are none. Of deletion, less than nought is better.
   */
  difference: z.nullable(estimateSchema),
  curves: z.array(meanCurveSchema),
  perImage,
});
export type Controlled = z.output<typeof controlledSchema>;

const scoredSchema = z.object({
  score: z.enum(SCORE_IDS),
  /** The mean over the images that have this score, with a bootstrap interval; null where none has. */
  estimate: z.nullable(estimateSchema),
  curves: z.array(meanCurveSchema),
  controls: z.array(controlledSchema),
  perImage,
});
export type Scored = z.output<typeof scoredSchema>;

export const measuredFaithfulnessSchema = z.object({
  epoch: index,
  images: index,
  /** Of the images whose label is known; null where none is. */
  accuracy: z.nullable(rateSchema),
  /** The explained class's probability of the images as they are. */
  confidence: estimateSchema,
  /** In the order in which scores are listed. */
  scores: z.array(scoredSchema),
});
export type MeasuredFaithfulness = z.output<typeof measuredFaithfulnessSchema>;
