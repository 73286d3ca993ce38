/** One checkpoint of others' written into a run, with what it was measured to do. */
import { messageOf } from '../common/errors';
import { storePredictions, UNMEASURED, writeEpoch, type EpochMetrics } from '../runs';
import type { InputSettings } from '../models/input';
import { aboutBatchesNow } from '../computations/madeBy';
import type { Model } from '../models/model';
import type { Evaluation } from '../models/evaluate';
import { readCheckpoint, serialiseCheckpoint } from '../weights/checkpoint';
import { sha256 } from '../weights/sha256';
import type { FoundCheckpoint } from './inspect';
import type { MeasureWatch, Meter } from './measure';

interface Place {
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  /** Undefined where nothing is measured. */
  readonly meter: Meter | undefined;
  /** Of a graph: see `GraphStateRequest`. */
  readonly fileNames: ReadonlyMap<string, string> | undefined;
}

interface Watch extends MeasureWatch {
  readonly onWarning?: ((text: string) => void) | undefined;
}

/** @throws InputError where the file is not of the model; WorkError where it cannot be written; CancelledError */
export async function importCheckpoint(
  { folder, model, input, meter, fileNames }: Place,
  { epoch, path, stateDict }: FoundCheckpoint,
  watch: Watch,
): Promise<void> {
  const { weights } = await readCheckpoint({ path, stateDict, fileNames }, model);
  const evaluation = await meter?.measure(weights, watch);
  const measured = evaluation !== undefined && isSound(evaluation) ? evaluation : undefined;
  if (evaluation !== undefined && measured === undefined)
    watch.onWarning?.(`${path}: the network gives no finite numbers for some images, so that nothing was measured.`);
  const accuracy = measured === undefined ? {} : { testAccuracy: String(measured.accuracy) };
  const checkpoint = serialiseCheckpoint(model, weights, { epoch: String(epoch), ...accuracy });
  await writeEpoch(folder, {
    epoch,
    checkpoint,
    optimizerState: undefined,
    metrics: measured && metricsOf(epoch, measured),
  });
  if (measured === undefined || meter === undefined) return;
  const inputs = { architecture: model.id, input, checkpoint: await sha256(checkpoint), images: meter.images };
  await storePredictions(folder, inputs, measured.predictions, aboutBatchesNow(model)).catch((error: unknown) => {
    watch.onWarning?.(`The predictions of epoch ${epoch} could not be kept: ${messageOf(error)}`);
  });
}

/** Where logits are not finite there is no class, and the loss is no number. */
function isSound({ loss }: Evaluation): boolean {
  return Number.isFinite(loss);
}

/** Measured on the test images alone: what its training was like is not known. */
function metricsOf(epoch: number, { loss, accuracy, of }: Evaluation): EpochMetrics {
  return { epoch, ...UNMEASURED, testLoss: loss, testAccuracy: accuracy, testImages: of };
}
