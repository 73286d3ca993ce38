/** How heatmaps move over epochs. */
import { z } from 'zod';
import { count, estimateSchema, explainedImageSchema, imageReferenceSchema, index, path } from './values';

/** Of one image's heatmap at a checkpoint against another's; null where one of them is flat. */
const movementSchema = z.object({
  /** Rank correlation of cells, −1 … 1. */
  spearman: z.number().nullable(),
  /** Of the top 20 % of cells, the share in common. */
  topOverlap: z.number().nullable(),
  /** How far the centre of mass has moved, in sides of the map: 0 … √2. */
  centreShift: z.number().nullable(),
});
export type Movement = z.output<typeof movementSchema>;

const imagePointSchema = z.object({
  epoch: index,
  /** Null at the first epoch that was asked for. */
  fromPrevious: movementSchema.nullable(),
  fromLast: movementSchema,
  /** Centre of mass, [row, column], each 0 … 1 of the map's side; null where the map is flat. */
  centre: z.tuple([z.number(), z.number()]).nullable(),
  /** Of the map as a distribution over cells, 0 (one cell) … 1 (even); null where it is flat. */
  entropy: z.number().nullable(),
  /** The share of heat inside the object's known mask; null where there is no mask, or the map is flat. */
  inMask: z.number().nullable(),
  predicted: index,
});
export type AttentionImagePoint = z.output<typeof imagePointSchema>;

/** Means over the images for which there is a value, with 95 % intervals; null where there is none. */
const mean = estimateSchema.nullable();
const meanMovementSchema = z.object({ spearman: mean, topOverlap: mean, centreShift: mean });

const epochPointSchema = z.object({
  epoch: index,
  fromPrevious: meanMovementSchema.nullable(),
  fromLast: meanMovementSchema,
  entropy: mean,
  inMask: mean,
  /** How many images' maps are flat here. */
  flat: index,
});
export type AttentionPoint = z.output<typeof epochPointSchema>;

const attentionTrackSchema = z.object({
  /** By epoch; none of an image that cannot be explained. */
  points: z.array(imagePointSchema),
  /** The first epoch from which on the map stays like the last one's (Spearman at least 0.8); null if only the last is. */
  settled: index.nullable(),
});
export type AttentionTrack = z.output<typeof attentionTrackSchema>;

/** What is measured, and kept in the run folder. */
const measuredAttention = {
  /** In ascending order. */
  epochs: z.array(epochPointSchema),
  /** As of an image, by the mean over images. */
  settled: index.nullable(),
  /** The share of a mask's area in the image, the mean over images: what heat spread evenly would have. Null without masks. */
  maskArea: z.number().nullable(),
  /**
   * The untrained checkpoint's map against the last one's, both of the class that the last one's is of: Adebayo et al.
   * 2018, "Sanity Checks for Saliency Maps". A map that stays the same when the weights are random says nothing about
   * the model. Null where no checkpoint that was asked for is known to be untrained.
   */
  randomisation: meanMovementSchema.nullable(),
};
export const attentionNumbersSchema = z.object({ ...measuredAttention, images: z.array(attentionTrackSchema) });
export type AttentionNumbers = z.output<typeof attentionNumbersSchema>;

const attentionImageSchema = attentionTrackSchema.extend({ image: explainedImageSchema });
export type AttentionImage = z.output<typeof attentionImageSchema>;

const attentionSchema = z.object({
  ...measuredAttention,
  layer: z.object({ name: z.string(), height: index, width: index }),
  target: z.enum(['predicted', 'label']),
  classNames: z.array(z.string()),
  /** In the order of the request. */
  images: z.array(attentionImageSchema),
});
export type Attention = z.output<typeof attentionSchema>;

export const attentionRequests = {
  /** Kept in the run folder. Progress counts heatmaps. */
  attention: {
    params: z.strictObject({
      run: path,
      epochs: z.array(index).min(2).max(1000),
      images: z.array(imageReferenceSchema).min(1).max(1000),
      layer: z.string().min(1).max(200),
      /** Whose heatmap: each checkpoint's own prediction's, or the label's, where a file's is the last prediction's. */
      target: z.enum(['predicted', 'label']),
    }),
    progress: count,
    result: attentionSchema,
  },
};
