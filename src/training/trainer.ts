/**
 * A model while it is trained: weights, running statistics and optimiser live here, in the engine.
 *
 * A step takes its batch whole, or in micro-batches: the gradients of these are gathered, each by its share of the batch,
 * and the optimiser moves once. The update is then that of the whole batch's mean loss, but for batch norm, which
 * normalises by micro-batch and moves its running statistics with each, as in PyTorch.
 */
import * as tf from '@tensorflow/tfjs-core';
import { holdState } from '../engine/programs';
import { loadWeights, WEIGHTS, type TensorWeights } from '../models/forward';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { trainingPrograms } from './programs';
import type { Batch, Differentiated, Hyperparameters, Optimised, Rates } from './step';

export interface Trainer {
  /** Of the model. */
  readonly classes: number;
  /** One step of SGD on the whole batch. */
  step(batch: Batch, hyper: Hyperparameters): BatchResult;
  /**
   * Adds a micro-batch's gradient to what has been gathered since the last update.
   * @param share of the step's images that are in it, in (0, 1]
   */
  gather(batch: Batch, share: number): BatchResult;
  /** One step of SGD with the gradient that has been gathered. */
  update(hyper: Hyperparameters): void;
  /** The weights as they are now; the caller disposes them. */
  weights(): TensorWeights;
  read(): TrainingNumbers;
  dispose(): void;
}

/** Of a batch, in training mode and before its step. */
export interface BatchResult {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** How many were classified rightly. */
  readonly correct: number;
}

/** All that a training has changed. */
export interface TrainingNumbers {
  readonly weights: Weights;
  /** SGD's momentum buffer, [parameterCount]. */
  readonly velocity: Float32Array;
}

/** @param velocity of a training that is gone on with; zero for a new one */
export function createTrainer(model: Model, weights: Weights, velocity?: Float32Array): Trainer {
  const programs = trainingPrograms(model);
  const state = holdState<TensorWeights & Optimised>({
    ...loadWeights(weights),
    velocity: velocity === undefined ? tf.zeros([model.parameterCount]) : tf.tensor1d(velocity),
  });
  let gathered: tf.Tensor1D | undefined;
  /** Batch norm has seen so many batches, micro-batches each counted, as PyTorch does. */
  let { batchCount } = weights;

  function readBatch({ loss, correct }: Pick<Differentiated, 'loss' | 'correct'>): BatchResult {
    batchCount++;
    const result = { loss: loss.dataSync()[0] as number, correct: correct.dataSync()[0] as number };
    tf.dispose([loss, correct]);
    return result;
  }

  return {
    classes: model.classes,
    step(batch, hyper) {
      const rates = ratesOf(hyper);
      const met = state.run(programs.step, { ...batch, ...rates });
      tf.dispose(rates);
      return readBatch(met);
    },
    gather(batch, share) {
      const before = { gathered: gathered ?? tf.zeros<tf.Rank.R1>([model.parameterCount]), share: tf.scalar(share) };
      const met = state.run(programs.gather, { ...batch, ...before });
      tf.dispose(before);
      gathered = met.gathered;
      return readBatch(met);
    },
    update(hyper) {
      if (gathered === undefined) throw new Error('no gradient has been gathered');
      const rates = ratesOf(hyper);
      state.run(programs.update, { gathered, ...rates });
      tf.dispose({ gathered, ...rates });
      gathered = undefined;
    },
    weights: () => state.read(WEIGHTS),
    read() {
      const tensors = state.read([...WEIGHTS, 'velocity']);
      const valuesOf = (name: keyof typeof tensors): Float32Array => tensors[name].dataSync() as Float32Array;
      const numbers = {
        weights: {
          parameters: valuesOf('parameters'),
          means: valuesOf('means'),
          variances: valuesOf('variances'),
          batchCount,
        },
        velocity: valuesOf('velocity'),
      };
      tf.dispose(tensors);
      return numbers;
    },
    dispose() {
      state.dispose();
      gathered?.dispose();
    },
  };
}

function ratesOf({ learningRate, momentum, weightDecay }: Hyperparameters): Rates {
  return { learningRate: tf.scalar(learningRate), momentum: tf.scalar(momentum), weightDecay: tf.scalar(weightDecay) };
}
