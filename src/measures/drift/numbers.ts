/** How heatmaps move over epochs. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { estimateSchema } from '../../statistics/schemas';
import { ofEachMovement } from './movementMeasures';

/** Of one image's heatmap at a checkpoint against another's; null where one of them is flat, or it was not measured yet. */
const movementSchema = z.object(ofEachMovement(() => z._default(z.nullable(z.number()), null)));

/** Of one class's heatmaps: from the checkpoint before, null at the first that was asked for, and from the last. */
const movedSchema = z.object({ fromPrevious: z.nullable(movementSchema), fromLast: movementSchema });
export type Moved = z.output<typeof movedSchema>;

const imagePointSchema = z.object({
  epoch: index,
  /** Of the target's heatmaps: where that is each checkpoint's own prediction, its class may change. */
  ...movedSchema.shape,
  /** Of one class at all checkpoints, so that a change of prediction is not taken for a movement of attention. */
  fixed: z.object({
    /** What the last checkpoint predicts. */
    lastPrediction: movedSchema,
    /** Null where the label is not known. */
    label: z.nullable(movedSchema),
  }),
  /** Centre of mass, [row, column], each 0 … 1 of the map's side; null where the map is flat or has no positive value. */
  centre: z.nullable(z.tuple([z.number(), z.number()])),
  /** Of the map as a distribution over cells, 0 (one cell) … 1 (even); null where the centre is. */
  entropy: z.nullable(z.number()),
  /** The share of heat inside the object's known mask; null where there is no mask, or no heat is seen. */
  inMask: z.nullable(z.number()),
  predicted: index,
});
export type AttentionImagePoint = z.output<typeof imagePointSchema>;

/**
 * Means over the images for which there is a value, with 95 % intervals; null where there is none. Of the predicted class's
 * movement the interval is withheld where few predictions differ.
 */
const mean = z.nullable(estimateSchema);
const meanMovementSchema = z.object({
  ...ofEachMovement(() => z._default(mean, null)),
  /** Images of which neither heatmap is flat, which alone can be compared. */
  compared: index,
  /** The images that were looked at. */
  of: index,
});
export type MeanMovement = z.output<typeof meanMovementSchema>;

const meanMovedSchema = z.object({ fromPrevious: z.nullable(meanMovementSchema), fromLast: meanMovementSchema });
export type MeanMoved = z.output<typeof meanMovedSchema>;

const epochPointSchema = z.object({
  epoch: index,
  ...meanMovedSchema.shape,
  /** As of an image; the label's over those images whose label is known, null where none is. */
  fixed: z.object({ lastPrediction: meanMovedSchema, label: z.nullable(meanMovedSchema) }),
  /** How many images are predicted otherwise than at the checkpoint before, and than at the last. */
  changed: z.object({ fromPrevious: z.nullable(index), fromLast: index }),
  entropy: mean,
  inMask: mean,
  /** How many images' maps are flat here, or have no positive value. */
  flat: index,
});
export type AttentionPoint = z.output<typeof epochPointSchema>;

const settledEpochSchema = z.nullable(index);

export const attentionTrackSchema = z.object({
  /** By epoch; none of an image that cannot be explained. */
  points: z.array(imagePointSchema),
  /**
   * The first epoch from which on, at all checkpoints that were looked at, the map stays like the last one's (Spearman at
   * least 0.8); null if only the last is.
   */
  settled: settledEpochSchema,
  /** The same of one class at all checkpoints; null also where there is no such class. */
  settledFixed: z.object({ lastPrediction: settledEpochSchema, label: settledEpochSchema }),
});
export type AttentionTrack = z.output<typeof attentionTrackSchema>;

/** A checkpoint, and how many of the images can be compared there. */
const comparedAtSchema = z.object({ epoch: index, compared: index, of: index });
export type ComparedAt = z.output<typeof comparedAtSchema>;

/** At the checkpoint that settling is told by: the mean rank correlation with the last one, and over how many images. */
const likenessSchema = z.object({ spearman: z.number(), images: index });
export type Likeness = z.output<typeof likenessSchema>;

/** When focus settles, by the mean over images: see src/measures/drift/settling.ts. */
const settlingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('settled'),
    epoch: index,
    /** How many were looked at from this epoch on, the last one included. */
    checkpoints: index,
    ...likenessSchema.shape,
    /** The checkpoint before, where it is not known whether it is like the last: too few images can be compared. */
    undecided: z.nullable(comparedAtSchema),
  }),
  /** The checkpoint before the last is still unlike it. */
  z.object({ kind: z.literal('moving'), ...likenessSchema.shape }),
  /** Too few images can be compared, already at the checkpoint before the last. */
  z.object({ kind: z.literal('undecided'), at: comparedAtSchema }),
  /** There is one checkpoint only. */
  z.object({ kind: z.literal('single') }),
]);
export type Settling = z.output<typeof settlingSchema>;

/** What is measured, and kept in the run folder. */
export const measuredAttention = {
  /** In ascending order. */
  epochs: z.array(epochPointSchema),
  /** Of the target's heatmaps, and of one class's at all checkpoints; the label's is null where no label is known. */
  settling: z.object({ target: settlingSchema, lastPrediction: settlingSchema, label: z.nullable(settlingSchema) }),
  /** The share of a mask's area in the image, the mean over images: what heat spread evenly would have. Null without masks. */
  maskArea: z.nullable(z.number()),
  /**
   * The untrained checkpoint's map against the last one's, both of the class that the last one's is of: Adebayo et al.
   * 2018, "Sanity Checks for Saliency Maps". A map that stays the same when the weights are random says nothing about
   * the model. Null where no checkpoint that was asked for is known to be untrained.
   */
  randomisation: z.nullable(meanMovementSchema),
};
export const attentionNumbersSchema = z.object({ ...measuredAttention, images: z.array(attentionTrackSchema) });
export type AttentionNumbers = z.output<typeof attentionNumbersSchema>;
