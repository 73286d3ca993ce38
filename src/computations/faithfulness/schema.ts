/** The request for how faithful maps are to their checkpoints, and its answers. */
import * as z from 'zod/mini';
import { count, index, path } from '../../common/schemas';
import { shardSchema, shareSchema } from '../../common/shard';
import { CONTROL_IDS } from '../../measures/faithfulness/controls';
import { measuredFaithfulnessSchema } from '../../measures/faithfulness/measured';
import { SCORE_IDS } from '../../measures/faithfulness/scores';
import { explanationParams, madeExplanation, targetSchema } from '../heatmaps/schema';
import { imageReferenceSchema } from '../images/schema';

const methodSchema = z.strictObject({
  /** As of any request for heatmaps, but that it is always named. */
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  parameters: explanationParams.parameters,
});

const startSchema = z.object({
  kind: z.literal('start'),
  /** In the order of the request. */
  methods: z.array(z.object(madeExplanation)),
  scores: z.array(z.enum(SCORE_IDS)),
  /** Those asked for that there are: of a run without an untrained checkpoint, not its map. */
  controls: z.array(z.enum(CONTROL_IDS)),
  /** How many forward passes have to be computed yet, and backward passes: 0 where all is kept. */
  passes: z.object({ forward: index, backward: index }),
});
export type FaithfulnessStart = z.output<typeof startSchema>;

const resultSchema = z.object({
  kind: z.literal('result'),
  /** The place in the request's methods, from 0. */
  method: index,
  state: z.enum(['kept', 'computed']),
  measured: measuredFaithfulnessSchema,
});
export type FaithfulnessResult = z.output<typeof resultSchema>;

const progressSchema = z.discriminatedUnion('kind', [
  startSchema,
  /** A method at a checkpoint, as soon as all its images are scored. */
  resultSchema,
  /** Images that went through the network, of those that have to. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type FaithfulnessProgress = z.output<typeof progressSchema>;

/** Each method at each checkpoint. Kept in the run folder. Without `compute`, what is kept and no more. */
export const faithfulnessRequest = {
  params: z.strictObject({
    run: path,
    epochs: z.array(index).check(z.minLength(1), z.maxLength(1000)),
    images: z.array(imageReferenceSchema).check(z.minLength(1), z.maxLength(10_000)),
    methods: z.array(methodSchema).check(z.minLength(1), z.maxLength(20)),
    layer: explanationParams.layer,
    /** Whose map and probability: absent, the class that each checkpoint predicts. */
    target: targetSchema,
    /** Absent: `DEFAULT_SCORES`. */
    scores: z.optional(z.array(z.enum(SCORE_IDS)).check(z.minLength(1))),
    /** Absent: all that there are. */
    controls: z.optional(z.array(z.enum(CONTROL_IDS))),
    /** Of all that is drawn; 0 where it is absent. */
    seed: z.optional(index),
    /** The deviation of the noise on ROAD's imputed values, as a share of the pixels' range; absent: `ROAD_NOISE`. */
    roadNoise: z.optional(z.number().check(z.gte(0), z.lte(1))),
    compute: z.boolean(),
    /** Whether results carry the scores of each image, which are most of what is sent. */
    perImage: z.optional(z.boolean()),
    /** Only this share of the images at checkpoints: points need all of them. */
    shard: z.optional(shardSchema),
  }),
  progress: progressSchema,
  result: z.object({
    ...startSchema.shape,
    kind: z.literal('all'),
    classNames: z.array(z.string()),
    /** What all that was asked for costs, whether it was kept or not. */
    cost: z.object({ forward: index, backward: index }),
    /** Those that could be scored, in the order of the request; label null where it is not known. */
    images: z.array(z.object({ name: z.string(), label: z.nullable(index) })),
    /** Those that could not, and why. */
    unusable: z.array(z.object({ name: z.string(), problem: z.string() })),
    /** The untrained checkpoint's epoch; null where the run has none. */
    untrained: z.nullable(index),
    /** Of each method its checkpoints by epoch, as far as they are there. */
    points: z.array(z.array(measuredFaithfulnessSchema)),
    /** What is not there, and was not asked to be computed. */
    missing: z.array(z.object({ method: index, epoch: index })),
    /** Of a shard, in images at checkpoints. */
    share: z.optional(shareSchema),
    milliseconds: z.number(),
  }),
};
export type Faithfulness = z.output<(typeof faithfulnessRequest)['result']>;
