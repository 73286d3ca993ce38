/** Kept numbers of how heatmaps move over epochs: a .json file for each choice of checkpoints and images. */
import { z } from 'zod';
import { attentionNumbersSchema, type AttentionNumbers } from '../../measures/drift/numbers';
import type { AboutResult } from './binaryResult';
import { explanationKeySchema } from './heatmaps';
import { loadResult, storeResult } from './results';

export const ATTENTION_KIND = 'attention';
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

export function loadAttention(folder: string, inputs: AttentionInputs): Promise<AttentionNumbers | undefined> {
  return loadResult(folder, ATTENTION_KIND, { ...inputs, method: ATTENTION_METHOD }, attentionNumbersSchema);
}

export function storeAttention(
  folder: string,
  inputs: AttentionInputs,
  numbers: AttentionNumbers,
  about: AboutResult,
): Promise<void> {
  return storeResult(folder, ATTENTION_KIND, { ...inputs, method: ATTENTION_METHOD }, numbers, about);
}
