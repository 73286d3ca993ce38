/** The request for accuracy under attacks at a run's checkpoints, and its answers. */
import * as z from 'zod/mini';
import { count, index } from '../../common/schemas';
import { attackedSchema } from '../../measures/attacks/measured';
import { entriesOf, epochsSchema } from '../robustness/schema';

const distance = z.number().check(z.gt(0));

/** As a study's, with every default in: see `resolveAttack`. */
export const attackSettingsSchema = z.strictObject({
  kind: z.enum(['fgsm', 'pgd']),
  norm: z.enum(['linf', 'l2']),
  /** Distances are of pixels in 0 … 1. */
  epsilon: distance,
  stepSize: distance,
  steps: z.int().check(z.gte(1)),
  randomStart: z.boolean(),
  restarts: z.int().check(z.gte(1)),
  images: z.optional(z.int().check(z.gte(1))),
  seed: index,
  expect: z.optional(z.strictObject({ accuracy: z.optional(z.strictObject({ min: z.number() })) })),
});
export type AttackSettings = z.output<typeof attackSettingsSchema>;

const entrySchema = z.object({
  /** The place in the list, from 0. */
  entry: index,
  title: z.string(),
  attack: attackSettingsSchema,
  /** How many test images are attacked. */
  images: index,
});
export type AttackEntry = z.output<typeof entrySchema>;

const resultSchema = z.object({
  kind: z.literal('result'),
  entry: index,
  epoch: index,
  state: z.enum(['kept', 'computed']),
  attacked: attackedSchema,
  /** What of the entry's expectations is missed. */
  misses: z.array(z.object({ text: z.string(), actual: z.string(), expected: z.string() })),
});
export type AttackResult = z.output<typeof resultSchema>;

const attackProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), entries: z.array(entrySchema) }),
  resultSchema,
  /** Gradients of images that were taken, of those that may have to be. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type AttackProgress = z.output<typeof attackProgressSchema>;

/** Each attack at each checkpoint. Kept in the run folder. Without `compute`, what is kept and no more. */
export const attackRequest = {
  params: z.strictObject({
    ...entriesOf,
    epochs: epochsSchema,
    /** In place of those of the study that counts for the run. */
    attacks: z.optional(z.array(attackSettingsSchema)),
    compute: z.boolean(),
  }),
  progress: attackProgressSchema,
  result: z.object({
    kept: index,
    computed: index,
    /** What is not there and was not asked to be computed. */
    missing: z.array(z.object({ entry: index, epoch: index })),
    milliseconds: z.number(),
  }),
};
