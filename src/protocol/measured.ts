/** The numbers of one perturbation at one checkpoint. */
import { z } from 'zod';
import { estimateSchema } from './values';

const similarity = z.number().nullable();

/** Accuracy and flip rate in per cent; drops in probability, positive where confidence falls. */
export const measuredSchema = z.object({
  images: z.int(),
  rounds: z.int(),
  /** The same images as they are: mean confidence in what is predicted. */
  clean: z.object({ accuracy: z.number(), confidence: z.number() }),
  accuracy: z.number(),
  /** How often the prediction is no longer the clean one. */
  flipRate: z.number(),
  /** Of the clean prediction's probability and of the label's, with 95 % bootstrap intervals over images. */
  confidenceDrop: z.object({ ofPrediction: estimateSchema, ofLabel: estimateSchema }),
  /**
   * Of the clean prediction's heatmaps, the mean over those that can be compared: null where none can. A flat map
   * cannot, nor a small one by SSIM where no whole window is left.
   */
  heatmapSimilarity: z.object({
    spearman: similarity,
    pearson: similarity,
    ssim: similarity,
    topOverlap: similarity,
    /** Pairs of maps of which neither is flat, of images × rounds. */
    compared: z.int(),
  }),
  perRound: z.array(
    z.object({
      accuracy: z.number(),
      flipRate: z.number(),
      dropOfPrediction: z.number(),
      dropOfLabel: z.number(),
      spearman: similarity,
    }),
  ),
});

export type Measured = z.output<typeof measuredSchema>;
