/** Between the engine and the run folder: an epoch's result is written, and taken up again. */
import { appendMetrics, checkpointPath, dropMetricsAfter, type EpochMetrics } from '../../runs';
import type { InputSettings } from '../data';
import type { Model } from '../models/model';
import { readCheckpoint, saveCheckpoint } from '../weights/checkpoint';
import { dropOlderVelocities, readVelocity, saveVelocity } from './resume';
import { createTrainer, type Trainer, type TrainingNumbers } from './trainer';

/**
 * Writes the optimiser state, the checkpoint and the metrics line, in this order: an epoch counts once its line is
 * there, and by then all else is.
 */
export async function keepEpoch(
  folder: string,
  model: Model,
  input: InputSettings,
  { weights, velocity }: TrainingNumbers,
  metrics: EpochMetrics,
): Promise<void> {
  const { epoch, testAccuracy } = metrics;
  await saveVelocity(folder, epoch, velocity);
  const metadata = {
    ...{ epoch: String(epoch), testAccuracy: String(testAccuracy), inputSize: String(model.inputSize) },
    // Without these nobody who gets the file alone could use it.
    ...{ mean: input.mean.join(), std: input.std.join() },
  };
  await saveCheckpoint(checkpointPath(folder, epoch), model, weights, metadata);
  await appendMetrics(folder, metrics);
  await dropOlderVelocities(folder, epoch);
}

/** The training as it was after an epoch. Metrics of later epochs are dropped: they will be trained anew. */
export async function resumeTrainer(folder: string, model: Model, epoch: number): Promise<Trainer> {
  const { weights } = await readCheckpoint(checkpointPath(folder, epoch), model);
  const velocity = await readVelocity(folder, epoch, model);
  await dropMetricsAfter(folder, epoch);
  return createTrainer(model, weights, velocity);
}
