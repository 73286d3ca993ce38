/** The request for heatmaps of images at checkpoints of a run, and its answers. */
import { z } from 'zod';
import { floats, index, path } from '../../common/schemas';
import { explainedImageSchema, imageReferenceSchema } from '../images/schema';

/** Before the first numbers: what they will be of. */
const explainStartSchema = z.object({
  kind: z.literal('start'),
  /** In the order of the request. */
  images: z.array(explainedImageSchema),
  classNames: z.array(z.string()),
  /** The layer that was meant, by its own name, and its map's size. */
  layer: z.object({ name: z.string(), height: index, width: index }),
});

/** What one checkpoint makes of some of the images. Kept results come first, those of all checkpoints at once. */
const explainMapsSchema = z.object({
  kind: z.literal('maps'),
  epoch: index,
  /** Positions in the request's images, in the order of the rows below. */
  images: z.array(index),
  /** [images, classes] */
  logits: floats,
  /** Raw, before any scaling, [images, classes, height, width]. */
  maps: floats,
  /** How many heatmaps, images × checkpoints, are there now, and of how many. */
  done: index,
  of: index,
});
export type ExplainMaps = z.output<typeof explainMapsSchema>;

const explainProgressSchema = z.discriminatedUnion('kind', [explainStartSchema, explainMapsSchema]);
export type ExplainStart = z.output<typeof explainStartSchema>;
export type ExplainProgress = z.output<typeof explainProgressSchema>;

/** Grad-CAM for every class of images at checkpoints of a run. Kept in the run folder. */
export const explainRequest = {
  params: z.strictObject({
    run: path,
    epochs: z.array(index).min(1).max(1000),
    images: z.array(imageReferenceSchema).min(1).max(1000),
    /** A stage's or a stage group's name, or "auto": the last one. */
    layer: z.string().min(1).max(200),
  }),
  progress: explainProgressSchema,
  result: z.object({
    /** How many heatmaps, images × checkpoints, were there already, and how many were computed. */
    kept: index,
    computed: index,
    milliseconds: z.number(),
  }),
};
