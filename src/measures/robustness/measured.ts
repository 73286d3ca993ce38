/** The numbers of one perturbation at one checkpoint. */
import * as z from 'zod/mini';
import { estimateSchema, rateSchema } from '../../statistics/schemas';
import { index } from '../../common/schemas';
import { ofEachSimilarity } from '../similarity';

/** Over those images of which heatmaps can be compared; null where there are none, or it was not measured yet. */
const similarity = z._default(z.nullable(estimateSchema), null);

/** Means are over images, of an image over its rounds. Drops are in probability, positive where confidence falls. */
export const measuredSchema = z.object({
  images: z.int(),
  rounds: z.int(),
  /** The same images as they are: mean confidence in what is predicted. */
  clean: z.object({ accuracy: rateSchema, confidence: estimateSchema }),
  /** Of images × rounds. */
  accuracy: rateSchema,
  /** How often the prediction is no longer the clean one, of images × rounds. */
  flipRate: rateSchema,
  /** Of the clean prediction's probability and of the label's. */
  confidenceDrop: z.object({ ofPrediction: estimateSchema, ofLabel: estimateSchema }),
  /**
   * Of the clean prediction's heatmaps. A flat map cannot be compared, nor a small one by SSIM where no whole window is
   * left.
   */
  heatmapSimilarity: z.object({
    ...ofEachSimilarity(() => similarity),
    /** Pairs of maps of which neither is flat, of images × rounds. */
    compared: z.int(),
  }),
  perRound: z.array(
    z.object({
      /** How many images are right, and how many predictions are no longer the clean one. */
      correct: index,
      flipped: index,
      dropOfPrediction: z.number(),
      dropOfLabel: z.number(),
      spearman: z.nullable(z.number()),
      /** Pairs of maps that can be compared, an image each. */
      compared: index,
    }),
  ),
  /**
   * In the order of the test set, [images]: two checkpoints, or two perturbations, are compared image by image, and all
   * means and intervals above can be computed again. Means over rounds, to seven digits. Empty where it is not sent.
   */
  perImage: z.object({
    /** 1 where the image as it is is predicted right, else 0. */
    cleanCorrect: z.array(index),
    /** In what is predicted of the image as it is. */
    cleanConfidence: z.array(z.number()),
    /** In how many rounds it is predicted right. */
    correct: z.array(index),
    /** In how many rounds its prediction is no longer the clean one. */
    flipped: z.array(index),
    /** Of the clean prediction's probability, and of the label's. */
    drop: z.array(z.number()),
    dropOfLabel: z.array(z.number()),
    /** Of the clean prediction's heatmaps, over the rounds in which they can be compared; null where in none. */
    ...ofEachSimilarity(() => z._default(z.array(z.nullable(z.number())), [])),
  }),
});

export type Measured = z.output<typeof measuredSchema>;

/** Where nobody asks for single images. */
export const WITHOUT_IMAGES: Measured['perImage'] = {
  cleanCorrect: [],
  cleanConfidence: [],
  correct: [],
  flipped: [],
  drop: [],
  dropOfLabel: [],
  ...ofEachSimilarity(() => []),
};
