import * as tf from '@tensorflow/tfjs-core';
import { CancelledError, WorkError } from '../../common/errors';
import { epochOrder, type ImageSet, type InputSettings } from '../data';
import type { Model } from '../models/model';
import { pause } from '../pause';
import { cutIntoBatches, trainingBatch, type EpochDraw } from './batches';
import { disposeState, trainStep, type Hyperparameters, type TrainingState } from './step';

/** A training under way. Its owner disposes the state that it holds at the end. */
export interface Session {
  state: TrainingState;
  /** PyTorch's `num_batches_tracked`. */
  batchCount: number;
}

export interface EpochResult {
  /** Mean over the epoch's images of the loss at the step that met them, in training mode, as PyTorch loops print it. */
  readonly loss: number;
  /** Per cent, likewise. */
  readonly accuracy: number;
  readonly images: number;
}

export interface EpochPlan {
  readonly set: ImageSet;
  readonly input: InputSettings;
  readonly draw: EpochDraw;
  readonly batchSize: number;
  readonly hyper: Hyperparameters;
}

export interface EpochWatcher {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: number, steps: number, images: number) => Promise<void>) | undefined;
}

export function stepsPerEpoch(count: number, batchSize: number): number {
  return cutIntoBatches(new Uint32Array(count), batchSize).length;
}

/**
 * One pass over the training images.
 * @throws CancelledError when the signal is raised, WorkError when the loss is no longer a number
 */
export async function trainEpoch(
  model: Model,
  session: Session,
  { set, input, draw, batchSize, hyper }: EpochPlan,
  { signal, onStep }: EpochWatcher,
): Promise<EpochResult> {
  const batches = cutIntoBatches(epochOrder(set.count, draw.seed, draw.epoch), batchSize);
  let images = 0;
  let lossSum = 0;
  let correct = 0;
  for (const [step, indices] of batches.entries()) {
    if (signal?.aborted === true) throw new CancelledError();
    const batch = trainingBatch(set, indices, input, draw);
    const result = trainStep(model, session.state, batch, hyper);
    disposeState(session.state);
    session.state = result.state;
    session.batchCount++;
    const loss = result.loss.dataSync()[0] as number;
    correct += result.correct.dataSync()[0] as number;
    tf.dispose([batch.images, batch.labels, result.loss, result.correct]);
    if (!Number.isFinite(loss)) throw diverged(`epoch ${draw.epoch}, step ${step + 1}`, hyper.learningRate);
    images += indices.length;
    lossSum += loss * indices.length;
    await onStep?.(step + 1, batches.length, images);
    await pause();
  }
  return { loss: lossSum / images, accuracy: (100 * correct) / images, images };
}

export function diverged(place: string, learningRate: number): WorkError {
  return new WorkError('the training has diverged', {
    place,
    found: 'a loss that is not a finite number',
    advice: `Lower training.learningRate (it is ${learningRate}), or add training.warmupEpochs.`,
  });
}
