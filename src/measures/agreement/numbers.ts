/** How far explanation methods agree on the same images, at each checkpoint. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { estimateSchema } from '../../statistics/schemas';

/** Over those images of which neither map is flat, with a 95 % interval; null where there is none. */
const mean = z.nullable(estimateSchema);

/** Of two methods at a checkpoint. */
const pairAgreementSchema = z.object({
  /** Spearman's rank correlation of their maps, −1 … 1. */
  spearman: mean,
  /** What the hottest fifths of their maps have in common, 0 … 1. */
  topOverlap: mean,
});
export type PairAgreement = z.output<typeof pairAgreementSchema>;

/** Of two methods at a checkpoint, in the order of the images; null where it cannot be said. */
export const imageAgreementSchema = z.object({
  spearman: z.array(z.nullable(z.number())),
  topOverlap: z.array(z.nullable(z.number())),
});
export type ImageAgreement = z.output<typeof imageAgreementSchema>;

const epochAgreementSchema = z.object({
  epoch: index,
  /** In the order of the answer's `pairs`. */
  pairs: z.array(pairAgreementSchema),
});
export const measuredAgreement = {
  methods: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** All of them, defaults included. */
      parameters: z.record(z.string(), z.union([z.number(), z.string()])),
      /** Where its maps are made, and their size; of a method of the input's resolution, "input". */
      layer: z.object({ name: z.string(), height: index, width: index }),
    }),
  ),
  /** Every two of the methods, by their places in `methods`, `a` before `b`. */
  pairs: z.array(
    z.object({
      a: index,
      b: index,
      /** The grid on which they are compared, the coarser of the two: the finer map is averaged to it. */
      height: index,
      width: index,
      /** Whether they give the same map at this layer by construction. */
      isSame: z.boolean(),
    }),
  ),
  /** In ascending order. */
  epochs: z.array(epochAgreementSchema),
};

export type AgreementNumbers = z.output<z.ZodMiniObject<typeof measuredAgreement>>;
