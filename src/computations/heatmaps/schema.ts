/** The request for heatmaps of images at checkpoints of a run, and its answers. */
import * as z from 'zod/mini';
import { floats, index, path } from '../../common/schemas';
import { shardSchema, shareSchema } from '../../common/shard';
import { explainedImageSchema, imageReferenceSchema } from '../images/schema';

/** How heatmaps are made: part of every request for them. */
export const explanationParams = {
  /** An explanation method's id; absent: what the study says that counts for the run, see `studyInForce`. */
  method: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  /** The method's own; absent ones have its defaults. */
  parameters: z.optional(z.record(z.string(), z.union([z.number(), z.string()]))),
  /** A layer's name, the name of a group of blocks, or "auto": the last layer. */
  layer: z.string().check(z.minLength(1), z.maxLength(200)),
};

/** Whose map a method of the input's resolution makes, of each image; absent: the class that a checkpoint predicts. */
export const targetSchema = z.optional(z.union([z.enum(['predicted', 'label']), index]));

export type ExplanationRequest = z.output<z.ZodMiniObject<typeof explanationParams>>;

/** How they were made. */
export const madeExplanation = {
  /** Of `sameAs`, the names: methods that give the same maps at this layer by construction. */
  method: z.object({
    id: z.string(),
    name: z.string(),
    sameAs: z.array(z.string()),
    /** What the maps of one image cost. */
    passes: z.object({ forward: index, backward: index }),
    /** Whether a map is of the class asked for alone. */
    isOfOneClass: z.boolean(),
  }),
  /** The layer that was meant, by its own name, and its map's size; of a method of the input's resolution, "input". */
  layer: z.object({ name: z.string(), height: index, width: index }),
};

export type MadeExplanation = z.output<z.ZodMiniObject<typeof madeExplanation>>;

/** Before the first numbers: what they will be of. */
const explainStartSchema = z.object({
  kind: z.literal('start'),
  /** In the order of the request. */
  images: z.array(explainedImageSchema),
  classNames: z.array(z.string()),
  ...madeExplanation,
});

/** What one checkpoint makes of some of the images. Kept results come first, those of all checkpoints at once. */
const explainMapsSchema = z.object({
  kind: z.literal('maps'),
  epoch: index,
  /** Positions in the request's images, in the order of the rows below. */
  images: z.array(index),
  /** [images, classes] */
  logits: floats,
  /**
   * Raw, before any scaling, [images, classes, height, width]; of a method that maps one class, [images, height, width].
   */
  maps: floats,
  /** Of a method that maps one class: whose map each is, [images]. */
  targets: z.optional(z.array(index)),
  /** Of a method with a baseline: what each map should sum to, [images]. */
  expectedSums: z.optional(z.array(z.number())),
  /** How many heatmaps, images × checkpoints, are there now, and of how many. */
  done: index,
  of: index,
});
export type ExplainMaps = z.output<typeof explainMapsSchema>;

const explainProgressSchema = z.discriminatedUnion('kind', [explainStartSchema, explainMapsSchema]);
export type ExplainStart = z.output<typeof explainStartSchema>;
export type ExplainProgress = z.output<typeof explainProgressSchema>;

/** Heatmaps of every class of images at checkpoints of a run. Kept in the run folder. */
export const explainRequest = {
  params: z.strictObject({
    run: path,
    epochs: z.array(index).check(z.minLength(1), z.maxLength(1000)),
    images: z.array(imageReferenceSchema).check(z.minLength(1), z.maxLength(1000)),
    ...explanationParams,
    target: targetSchema,
    /** Only this share of the images at checkpoints; those of the others are not told, be they kept or not. */
    shard: z.optional(shardSchema),
  }),
  progress: explainProgressSchema,
  result: z.object({
    /** How many heatmaps, images × checkpoints, were there already, and how many were computed. */
    kept: index,
    computed: index,
    /** Of a shard. */
    share: z.optional(shareSchema),
    milliseconds: z.number(),
  }),
};
