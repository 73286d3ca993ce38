/**
 * Kept predictions of whole sets: a .bin file for each checkpoint and set, the predicted class of each image as a byte;
 * of more than 255 classes as two, little-endian, which the inputs then say.
 */
import * as z from 'zod';
import {
  classIndicesFromBytes,
  classIndicesToBytes,
  createClassIndices,
  type ClassIndices,
} from '../../common/classIndices';
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
  { classes, count }: { readonly classes: number; readonly count: number },
): Promise<ClassIndices | undefined> {
  let predictions: ClassIndices | undefined;
  const key = keyOf(inputs, createClassIndices(classes, 0));
  await loadBinaryResults(folder, PREDICTIONS_KIND, [key], (bytes) => {
    predictions = classIndicesFromBytes(bytes, classes, count);
  });
  return predictions;
}

export async function storePredictions(
  folder: string,
  inputs: PredictionInputs,
  predictions: ClassIndices,
  about: AboutResult,
): Promise<void> {
  await storeBinaryResult(
    folder,
    PREDICTIONS_KIND,
    keyOf(inputs, predictions),
    classIndicesToBytes(predictions),
    about,
  );
}

function keyOf(inputs: PredictionInputs, { BYTES_PER_ELEMENT: width }: ClassIndices) {
  return width === 1 ? inputs : { ...inputs, values: 'uint16, little-endian' };
}
