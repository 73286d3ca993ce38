/** The request for how well confidence matches accuracy at a run's checkpoints, and its answers. */
import * as z from 'zod/mini';
import { count, index } from '../../common/schemas';
import { calibrationSchema } from '../../measures/calibration/measured';
import { entriesOf, entrySchema, epochsSchema } from '../robustness/schema';

const resultSchema = z.object({
  kind: z.literal('result'),
  epoch: index,
  /** Kept: all logits were there already. */
  state: z.enum(['kept', 'computed']),
  calibration: calibrationSchema,
});
export type CalibrationResultMessage = z.output<typeof resultSchema>;

const calibrationProgressSchema = z.discriminatedUnion('kind', [
  /** The perturbations whose drops are measured. */
  z.object({ kind: z.literal('start'), images: index, entries: z.array(entrySchema) }),
  resultSchema,
  /** Images whose logits were computed, of those that have to be. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type CalibrationProgress = z.output<typeof calibrationProgressSchema>;

/** A result for each checkpoint, as it comes. Logits are kept in the run folder. Without `compute`, what is kept alone. */
export const calibrationRequest = {
  params: z.strictObject({
    /** `entries`: whose confidence drops are measured, all when absent; of an empty list none. */
    ...entriesOf,
    epochs: epochsSchema,
    /** The first so many test images; all when absent. Of perturbed images no more than these. */
    images: z.optional(z.int().check(z.gte(1))),
    compute: z.boolean(),
  }),
  progress: calibrationProgressSchema,
  result: z.object({
    kept: index,
    computed: index,
    /** Epochs whose logits are not all there, where they were not asked to be computed. */
    missing: z.array(index),
    milliseconds: z.number(),
  }),
};
