/** Kept numbers of how heatmaps move over epochs: a .json file for each choice of checkpoints and images. */
import * as z from 'zod';
import { attentionNumbersSchema } from '../../measures/drift/numbers';
import { explanationKeySchema } from './heatmaps';
import { jsonResults } from './results';

/** Another number whenever the same inputs come to mean other numbers. */
export const ATTENTION_METHOD = 'attention 4';

/** All that they depend on. */
export const attentionInputsSchema = z.object({
  architecture: z.string(),
  explanation: explanationKeySchema,
  layer: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  target: z.enum(['predicted', 'label']),
  /** The epoch of the untrained checkpoint among them. */
  untrained: z.number().nullable(),
  /** By epoch; each hash is the sha256 of the checkpoint's file. */
  checkpoints: z.array(z.object({ epoch: z.number(), hash: z.string() })),
  /** sha256 of pixels, labels and masks, in their order. */
  images: z.string(),
});
export type AttentionInputs = z.output<typeof attentionInputsSchema>;

export const attentionResults = jsonResults('attention', attentionNumbersSchema, (inputs: AttentionInputs) => ({
  ...inputs,
  method: ATTENTION_METHOD,
}));
