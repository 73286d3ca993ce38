/** Between the engine and the run folder: an epoch's result is written, and taken up again. */
import * as tf from '@tensorflow/tfjs-core';
import { appendMetrics, checkpointPath, dropMetricsAfter, type EpochMetrics } from '../../runs';
import type { InputSettings } from '../data';
import { loadWeights } from '../models/forward';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { readCheckpoint, saveCheckpoint } from '../weights/checkpoint';
import type { Session } from './epoch';
import { dropOlderVelocities, readVelocity, saveVelocity } from './resume';

/**
 * Writes the optimiser state, the checkpoint and the metrics line, in this order: an epoch counts once its line is
 * there, and by then all else is.
 */
export async function keepEpoch(
  folder: string,
  model: Model,
  input: InputSettings,
  session: Session,
  metrics: EpochMetrics,
): Promise<void> {
  const { epoch, testAccuracy } = metrics;
  const { parameters, means, variances, velocity } = session.state;
  const weights: Weights = {
    parameters: parameters.dataSync() as Float32Array,
    means: means.dataSync() as Float32Array,
    variances: variances.dataSync() as Float32Array,
    batchCount: session.batchCount,
  };
  await saveVelocity(folder, epoch, velocity.dataSync() as Float32Array);
  const metadata = {
    ...{ epoch: String(epoch), testAccuracy: String(testAccuracy), inputSize: String(model.inputSize) },
    // Without these nobody who gets the file alone could use it.
    ...{ mean: input.mean.join(), std: input.std.join() },
  };
  await saveCheckpoint(checkpointPath(folder, epoch), model, weights, metadata);
  await appendMetrics(folder, metrics);
  await dropOlderVelocities(folder, epoch);
}

/** The session as it was after an epoch. Metrics of later epochs are dropped: they will be trained anew. */
export async function resumeSession(folder: string, model: Model, epoch: number): Promise<Session> {
  const { weights } = await readCheckpoint(checkpointPath(folder, epoch), model);
  const velocity = await readVelocity(folder, epoch, model);
  await dropMetricsAfter(folder, epoch);
  return { state: { ...loadWeights(weights), velocity: tf.tensor1d(velocity) }, batchCount: weights.batchCount };
}

export function newSession(model: Model, weights: Weights): Session {
  const velocity = tf.zeros<tf.Rank.R1>([model.parameterCount]);
  return { state: { ...loadWeights(weights), velocity }, batchCount: weights.batchCount };
}
