/** The request for a published benchmark's errors and flips at a run's checkpoints, and its answers. */
import * as z from 'zod/mini';
import { count, index, path } from '../../common/schemas';
import { benchmarkSchema } from '../../measures/benchmark/measured';
import { epochsSchema } from '../robustness/schema';

const fileSchema = z.object({
  name: z.string(),
  kind: z.enum(['corruption', 'sequence', 'testSet']),
  group: z.enum(['standard', 'extra', 'other']),
  /** Of a severity, or sequences. */
  images: index,
  /** How many images are predicted: of all severities, of all frames. */
  predictions: index,
});

const startSchema = z.object({
  kind: z.literal('start'),
  folder: path,
  /** "CIFAR-10-C": the folder's name. */
  title: z.string(),
  files: z.array(fileSchema),
  /** Of what its authors publish, what is not there. */
  missing: z.array(z.string()),
  /** Other .npy files, and why they are left out. */
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
  /** The run that errors are relative to. */
  against: z.nullable(z.object({ run: path, name: z.string() })),
});
export type BenchmarkStart = z.output<typeof startSchema>;

const resultSchema = z.object({
  kind: z.literal('result'),
  epoch: index,
  /** Kept: all predictions were there already. */
  state: z.enum(['kept', 'computed']),
  benchmark: benchmarkSchema,
});
export type BenchmarkResult = z.output<typeof resultSchema>;

const progressSchema = z.discriminatedUnion('kind', [
  startSchema,
  resultSchema,
  /** Images that were predicted, of those that have to be. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type BenchmarkProgress = z.output<typeof progressSchema>;

/** A result for each checkpoint, as it comes. Predictions are kept in the run folder. Without `compute`, what is kept alone. */
export const benchmarkRequest = {
  params: z.strictObject({
    run: path,
    /** The folder of the benchmark's files. */
    folder: path,
    epochs: epochsSchema,
    /** The first so many images of each severity and test set, or sequences; all when absent. */
    limit: z.optional(z.int().check(z.gte(1))),
    /** A run folder whose errors these are divided by: its checkpoint of the same epoch, else its last. */
    against: z.optional(path),
    compute: z.boolean(),
  }),
  progress: progressSchema,
  result: z.object({
    kept: index,
    computed: index,
    /** Epochs whose predictions are not all there, where they were not asked to be computed. */
    missing: z.array(index),
    milliseconds: z.number(),
  }),
};
