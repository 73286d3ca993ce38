/** Kept comparisons of sanity checks: a .json file for each method's maps of the same images under two conditions. */
import * as z from 'zod';
import { agreementsSchema } from '../../measures/sanity/agreement';
import { explanationKeySchema } from './heatmaps';
import { jsonResults } from './results';

/** Another number whenever the same inputs come to mean other numbers. */
export const SANITY_METHOD = 'sanity 1';

const checkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classSensitivity') }),
  z.object({
    kind: z.literal('randomisation'),
    /** The names of those that are re-drawn. */
    groups: z.array(z.string()),
    draw: z.number(),
    /** Over which running statistics are computed anew, and the sha256 of their pixels; null where none are. */
    trainingImages: z.object({ count: z.number(), hash: z.string() }).nullable(),
  }),
  /** sha256 of the other run's checkpoint. */
  z.object({ kind: z.literal('against'), checkpoint: z.string() }),
]);

/** All that they depend on. */
export const sanityInputsSchema = z.object({
  architecture: z.string(),
  explanation: explanationKeySchema.unwrap(),
  layer: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file. */
  checkpoint: z.string(),
  /** sha256 of pixels, labels and masks, in their order. */
  images: z.string(),
  /** Of the draws of parameters and random maps. */
  seed: z.number(),
  check: checkSchema,
});
export type SanityInputs = z.output<typeof sanityInputsSchema>;

/** Of the pairs of maps, and of random maps in place of the second ones. */
export const comparedSchema = z.object({ pairs: agreementsSchema, chance: agreementsSchema });

export const sanityResults = jsonResults('sanity', comparedSchema, (inputs: SanityInputs) => ({
  ...inputs,
  method: SANITY_METHOD,
}));
