/** From the engine to the run folder: what is kept of an epoch. */
import { writeEpoch, type EpochMetrics } from '../runs';
import type { InputSettings } from '../models/input';
import type { Model } from '../models/model';
import { serialiseCheckpoint } from '../weights/checkpoint';
import { serialiseOptimizerState } from './optimizerState';
import type { TrainingNumbers } from './trainer';

/** @throws WorkError where something cannot be written */
export async function storeEpoch(
  folder: string,
  model: Model,
  input: InputSettings,
  { weights, ...optimizer }: TrainingNumbers,
  metrics: EpochMetrics,
): Promise<void> {
  const { epoch, testAccuracy } = metrics;
  const checkpoint = serialiseCheckpoint(model, weights, {
    epoch: String(epoch),
    testAccuracy: String(testAccuracy),
    inputSize: String(model.inputSize),
    // Without these nobody who gets the file alone could use it.
    mean: input.mean.join(),
    std: input.std.join(),
    ...(optimizer.unaveraged === undefined ? {} : { weights: 'averaged' }),
  });
  await writeEpoch(folder, { epoch, checkpoint, optimizerState: serialiseOptimizerState(epoch, optimizer), metrics });
}
