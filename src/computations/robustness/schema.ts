/** The request for a run's tests of robustness, and its answers. */
import * as z from 'zod/mini';
import { measuredSchema } from '../../measures/robustness/measured';
import { count, index, path } from '../../common/schemas';
import { shardSchema, shareSchema } from '../../common/shard';
import { explanationParams } from '../heatmaps/schema';

export const epochsSchema = z.array(index).check(z.minLength(1), z.maxLength(1000));

/** Of the study that counts for the run: see `studyInForce`. */
export const entriesOf = {
  run: path,
  /** Places in the study's list, from 0; all when absent. */
  entries: z.optional(z.array(index)),
};

export const entrySchema = z.object({
  /** The place in the study's list, from 0. */
  entry: index,
  /** In few words: "gaussianNoise 0.1". */
  title: z.string(),
  kind: z.string(),
  rounds: z.int().check(z.gte(1)),
  /** Whether anything is expected of it: else no checkpoint can fail. */
  expects: z.boolean(),
});
export type RobustnessEntry = z.output<typeof entrySchema>;

const resultSchema = z.object({
  kind: z.literal('result'),
  entry: index,
  epoch: index,
  /**
   * Kept: computed before, from just this. Computed: now, or put together now from the parts of shards. Stale: what this entry was before it, its weights or its data
   * changed; the last that is known, to show as outdated. Where it is computed anew, the result comes later.
   */
  state: z.enum(['kept', 'computed', 'stale']),
  measured: measuredSchema,
  /** What of the entry's expectations is missed, a text each; of a stale result nothing is judged. */
  misses: z.array(z.object({ text: z.string(), actual: z.string(), expected: z.string() })),
  /** Of a stale result: what it was computed from, as the entry's title, and in what else it differed: a seed, the weights. */
  was: z.optional(z.string()),
});
export type RobustnessResultMessage = z.output<typeof resultSchema>;

const robustnessProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), entries: z.array(entrySchema) }),
  resultSchema,
  /** Perturbed images that were looked at, of those that have to be. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type RobustnessProgress = z.output<typeof robustnessProgressSchema>;

/** Each entry at each checkpoint. Kept in the run folder. Without `compute`, what is kept or stale and no more. */
export const robustnessRequest = {
  params: z.strictObject({
    ...entriesOf,
    epochs: epochsSchema,
    /** Whose heatmaps are compared, at the layer that the study names. */
    method: explanationParams.method,
    parameters: explanationParams.parameters,
    compute: z.boolean(),
    /** Whether results carry numbers of each image, which are most of what is sent. */
    perImage: z.optional(z.boolean()),
    /** Only this share of the images of tests, computed; no test is told. */
    shard: z.optional(shardSchema),
  }),
  progress: robustnessProgressSchema,
  result: z.object({
    kept: index,
    computed: index,
    /** What is not there, or stale, and was not asked to be computed. */
    missing: z.array(z.object({ entry: index, epoch: index })),
    /** Of a shard, in perturbed images. */
    share: z.optional(shareSchema),
    milliseconds: z.number(),
  }),
};
