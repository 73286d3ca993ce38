/** Kept agreement of two explanation methods at a checkpoint: a .json file of a number an image and measure. */
import * as z from 'zod';
import { imageAgreementSchema } from '../../measures/agreement/numbers';
import { jsonResults } from './results';

/** Another number whenever the same inputs come to mean other numbers. */
export const AGREEMENT_METHOD = 'agreement 1';

const explanationSchema = z.object({
  method: z.string(),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
  layer: z.string(),
});

/** All that they depend on. */
export const agreementInputsSchema = z.object({
  architecture: z.string(),
  /** In the order of their JSON, as the numbers are symmetric. */
  explanations: z.tuple([explanationSchema, explanationSchema]),
  /** How pixels become the network's input. */
  input: z.unknown(),
  target: z.enum(['predicted', 'label']),
  /** sha256 of the checkpoint's file, and of pixels, labels and masks in their order. */
  checkpoint: z.string(),
  images: z.string(),
});
export type AgreementInputs = z.output<typeof agreementInputsSchema>;

export const agreementResults = jsonResults('agreement', imageAgreementSchema, (inputs: AgreementInputs) => ({
  ...inputs,
  method: AGREEMENT_METHOD,
}));
