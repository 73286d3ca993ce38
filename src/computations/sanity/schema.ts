/** The request for the sanity checks of explanation methods, and its answers. */
import * as z from 'zod/mini';
import { count, index, path } from '../../common/schemas';
import {
  againstPointSchema,
  classSensitivityPointSchema,
  randomisationSchema,
  randomisedPointSchema,
} from '../../measures/sanity/numbers';
import { explanationParams, madeExplanation } from '../heatmaps/schema';
import { imageReferenceSchema } from '../images/schema';

/** Over which the running statistics of re-drawn networks are computed anew, where a request does not say. */
export const TRAINING_IMAGES = 512;

export const SANITY_CHECKS = ['classSensitivity', 'randomisation', 'against'] as const;

const sanityMethodSchema = z.object({
  ...madeExplanation,
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
  /** By epoch; null where it was not asked for. */
  classSensitivity: z.nullable(z.array(classSensitivityPointSchema)),
  randomisation: z.nullable(randomisationSchema),
  /** By epoch. */
  against: z.nullable(z.array(againstPointSchema)),
  /** What comes of it, a sentence each, in English: see src/measures/sanity/text.ts. */
  sentences: z.array(z.string()),
});
export type SanityMethod = z.output<typeof sanityMethodSchema>;

const sanitySchema = z.object({
  /** In the order of the request. */
  methods: z.array(sanityMethodSchema),
  /** How many images were compared. */
  images: index,
  /** Files that cannot be used, and why. */
  unusable: z.array(z.object({ name: z.string(), problem: z.string() })),
  /** How many heatmaps were not there, and were not asked to be computed. */
  missing: index,
  /** The other run, where one was asked for: its folder's name, and whether its labels were permuted. */
  against: z.nullable(z.object({ run: z.string(), labels: z.enum(['true', 'permuted']) })),
});
export type Sanity = z.output<typeof sanitySchema>;

const method = index;
const sanityProgressSchema = z.discriminatedUnion('kind', [
  /** Points as they come, kept ones first: of which method, by its place in the request. */
  z.object({ kind: z.literal('classSensitivity'), method, point: classSensitivityPointSchema }),
  z.object({
    kind: z.literal('randomisation'),
    method,
    order: z.enum(['cascading', 'alone']),
    point: randomisedPointSchema,
  }),
  z.object({ kind: z.literal('against'), method, point: againstPointSchema }),
  /** Comparisons of all images that are done, of how many. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type SanityProgress = z.output<typeof sanityProgressSchema>;

/** Kept in the run folder, by part. */
export const sanityRequest = {
  params: z.strictObject({
    run: path,
    /** Of class sensitivity, and of the comparison with another run. */
    epochs: z.array(index).check(z.minLength(1), z.maxLength(1000)),
    images: z.array(imageReferenceSchema).check(z.minLength(1), z.maxLength(1000)),
    /** An explanation method's id, and what of its parameters differs from its defaults. */
    methods: z
      .array(z.strictObject({ method: explanationParams.method, parameters: explanationParams.parameters }))
      .check(z.minLength(1), z.maxLength(50)),
    layer: explanationParams.layer,
    /** Absent: class sensitivity and randomisation, and the comparison where there is a run to compare with. */
    checks: z.optional(z.array(z.enum(SANITY_CHECKS)).check(z.minLength(1))),
    /** Of the draws of parameters, of training images and of random maps; absent: 0. */
    seed: z.optional(index),
    randomisation: z.optional(
      z.strictObject({
        /** The trained checkpoint; absent: the last of `epochs`. */
        epoch: z.optional(index),
        /** Absent: 3. */
        draws: z.optional(z.int().check(z.gte(1), z.lte(100))),
        /** For the running statistics of batch norm; absent: 512, or as many as there are. */
        trainingImages: z.optional(z.int().check(z.gte(2), z.lte(100_000))),
      }),
    ),
    /** The folder of a run of the same architecture and data: its maps are compared at the same epochs, else at its last. */
    against: z.optional(path),
    /** Absent: true. Where it is false, what is kept and no more. */
    compute: z.optional(z.boolean()),
  }),
  progress: sanityProgressSchema,
  result: sanitySchema,
};
export type ParamsOfSanity = z.output<(typeof sanityRequest)['params']>;
