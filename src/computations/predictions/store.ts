/** Predictions of whole sets in the run folder, named by all that they depend on. */
import { loadBinaryResult, storeBinaryResult } from '../../runs';
import type { InputSettings } from '../../models/input';
import { aboutBatchesNow } from '../madeBy';
import type { Model } from '../../models/model';

export const PREDICTIONS_KIND = 'predictions';

/** What predictions are of. */
export interface PredictionsOf {
  /** The run's. */
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  /** sha256 of the checkpoint's file, in hexadecimal. */
  readonly checkpoint: string;
  /** sha256 of the set's pixels, in hexadecimal. */
  readonly images: string;
}

function inputsOf({ model, input, checkpoint, images }: PredictionsOf) {
  return { architecture: model.architecture, input, checkpoint, images };
}

/** The predicted class of each image, [count], where they are kept. */
export async function loadPredictions(of: PredictionsOf, count: number): Promise<Uint8Array | undefined> {
  const bytes = await loadBinaryResult(of.folder, PREDICTIONS_KIND, inputsOf(of));
  return bytes?.length === count ? bytes : undefined;
}

/** Of what was computed just now. @throws WorkError */
export async function storePredictions(of: PredictionsOf, predictions: Uint8Array): Promise<void> {
  await storeBinaryResult(of.folder, PREDICTIONS_KIND, inputsOf(of), predictions, aboutBatchesNow(of.model));
}
