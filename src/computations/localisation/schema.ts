/** The request for where relevance lies, by known masks and by mosaics, and its answers. */
import * as z from 'zod/mini';
import { count, index, path } from '../../common/schemas';
import { measuredLocalisationSchema } from '../../measures/localisation/measured';
import { explanationParams, madeExplanation } from '../heatmaps/schema';

const methodSchema = z.strictObject({
  /** As of any request for heatmaps, but that it is always named. */
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  parameters: explanationParams.parameters,
});

/** A method at a checkpoint, as soon as all its images and mosaics are measured. */
const resultSchema = z.object({
  kind: z.literal('result'),
  /** The place in the request's methods, from 0. */
  method: index,
  measured: measuredLocalisationSchema,
});
export type LocalisationResult = z.output<typeof resultSchema>;

/** Before the first numbers: what they will be of. */
const startSchema = z.object({
  kind: z.literal('start'),
  /** In the order of the request. */
  methods: z.array(z.object(madeExplanation)),
  /** Test images with a mask that are measured: 0 where the data set has no masks. */
  images: index,
  mosaics: index,
});

const progressSchema = z.discriminatedUnion('kind', [
  startSchema,
  resultSchema,
  /** Maps, of those that have to be there. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type LocalisationProgress = z.output<typeof progressSchema>;

/** Each method at each checkpoint. Kept in the run folder. */
export const localisationRequest = {
  params: z.strictObject({
    run: path,
    epochs: z.array(index).check(z.minLength(1), z.maxLength(1000)),
    methods: z.array(methodSchema).check(z.minLength(1), z.maxLength(20)),
    layer: explanationParams.layer,
    /** The first so many test images, where the data set knows their objects. */
    images: z.int().check(z.gte(1), z.lte(10_000)),
    /** Whose map of an image with a mask; absent: the label's, whose object the mask is. Of a mosaic it is its class's. */
    target: z.optional(z.enum(['predicted', 'label'])),
    /** So many mosaics; 0: none. */
    mosaics: z.int().check(z.gte(0), z.lte(10_000)),
    /** Of mosaics and controls; 0 where it is absent. */
    seed: z.optional(index),
    /** Absent: true. Where it is false, what is kept and no more. */
    compute: z.optional(z.boolean()),
  }),
  progress: progressSchema,
  result: z.object({
    ...startSchema.shape,
    kind: z.literal('all'),
    /** The mean share of the area that the objects take, which is what an even map has inside; null without masks. */
    maskArea: z.nullable(z.number()),
    /** Of each method its checkpoints by epoch. */
    points: z.array(z.array(measuredLocalisationSchema)),
    /** How many heatmaps were not there, and were not asked to be computed. */
    missing: index,
    milliseconds: z.number(),
  }),
};
export type Localisation = z.output<(typeof localisationRequest)['result']>;
