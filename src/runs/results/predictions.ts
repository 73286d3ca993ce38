/** Kept predictions of whole sets: a .bin file for each checkpoint and set, a byte an image, the predicted class. */
import * as z from 'zod';
import type { AboutResult } from './binaryResult';
import { loadBinaryResults, storeBinaryResult } from './results';

const PREDICTIONS_KIND = 'predictions';

/** All that predictions depend on. */
export const predictionInputsSchema = z.object({
  architecture: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of the set's pixels, in hexadecimal. */
  checkpoint: z.string(),
  images: z.string(),
});
export type PredictionInputs = z.output<typeof predictionInputsSchema>;

/** The predicted class of each image, [count], where they are kept. */
export async function loadPredictions(
  folder: string,
  inputs: PredictionInputs,
  count: number,
): Promise<Uint8Array | undefined> {
  let predictions: Uint8Array | undefined;
  await loadBinaryResults(folder, PREDICTIONS_KIND, [inputs], (bytes) => {
    if (bytes.length === count) predictions = bytes.slice();
  });
  return predictions;
}

export async function storePredictions(
  folder: string,
  inputs: PredictionInputs,
  predictions: Uint8Array,
  about: AboutResult,
): Promise<void> {
  await storeBinaryResult(folder, PREDICTIONS_KIND, inputs, predictions, about);
}
