/** What a benchmark's files say of a checkpoint, as it is sent. Errors are in per cent. */
import * as z from 'zod/mini';
import { estimateSchema, rateSchema } from '../../statistics/schemas';

const group = z.enum(['standard', 'extra', 'other']);

const corruptionSchema = z.object({
  name: z.string(),
  group,
  /** How many are wrong, by severity from 1 on. */
  errors: z.array(rateSchema).check(z.minLength(1)),
  /** Over severities, the interval over images. */
  mean: estimateSchema,
  /** Σ errors of this run / Σ errors of the other one's; null where nothing is compared, or the other makes no error. */
  relative: z.nullable(estimateSchema),
});

const sequenceSchema = z.object({
  name: z.string(),
  group,
  frames: z.int().check(z.gte(2)),
  /** Whether each frame is compared with the first one, as of noise, or with the one before. */
  withFirst: z.boolean(),
  /** Frames whose prediction is another. */
  flips: rateSchema,
});

/** Over so many of the standard ones. */
const overSchema = z.object({ estimate: estimateSchema, files: z.int().check(z.gte(1)) });

export const benchmarkSchema = z.object({
  corruptions: z.array(corruptionSchema),
  sequences: z.array(sequenceSchema),
  testSets: z.array(z.object({ name: z.string(), error: rateSchema })),
  /** Mean over standard corruptions of the mean over severities; it is divided by no other network's. */
  meanCorruptionError: z.nullable(overSchema),
  /** Mean over standard corruptions of `relative`: 1 is as many errors as the other run makes. */
  relativeError: z.nullable(overSchema),
  /** Mean flip probability over standard sequences, in per cent. */
  meanFlips: z.nullable(overSchema),
});
export type Benchmark = z.output<typeof benchmarkSchema>;
export type CorruptionErrors = Benchmark['corruptions'][number];
export type SequenceFlips = Benchmark['sequences'][number];
