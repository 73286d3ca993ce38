/**
 * A model while it is trained: weights, running statistics and optimiser live here, in the engine.
 *
 * A step takes its batch whole, or in micro-batches: the gradients of these are accumulated, each by its share of the batch,
 * and the optimiser moves once. The update is then that of the whole batch's mean loss, but for batch norm, which
 * normalises by micro-batch and moves its running statistics with each, as in PyTorch.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createVariables } from '../engine/programs';
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
   * Adds a micro-batch's gradient to what has been accumulated since the last update.
   * @param share of the step's images that are in it, in (0, 1]
   */
  accumulate(batch: Batch, share: number): BatchResult;
  /** One step of SGD with the gradient that has been accumulated. */
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
  const state = createVariables<TensorWeights & Optimised>({
    ...loadWeights(weights),
    velocity: velocity === undefined ? tf.zeros([model.parameterCount]) : tf.tensor1d(velocity),
  });
  let accumulated: tf.Tensor1D | undefined;
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
      const outputs = state.run(programs.step, { ...batch, ...rates });
      tf.dispose(rates);
      return readBatch(outputs);
    },
    accumulate(batch, weight) {
      const before = {
        accumulated: accumulated ?? tf.zeros<tf.Rank.R1>([model.parameterCount]),
        weight: tf.scalar(weight),
      };
      const outputs = state.run(programs.accumulate, { ...batch, ...before });
      tf.dispose(before);
      accumulated = outputs.accumulated;
      return readBatch(outputs);
    },
    update(hyper) {
      if (accumulated === undefined) throw new Error('no gradient has been accumulated');
      const rates = ratesOf(hyper);
      state.run(programs.update, { accumulated, ...rates });
      tf.dispose({ accumulated, ...rates });
      accumulated = undefined;
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
      accumulated?.dispose();
    },
  };
}

function ratesOf({ learningRate, momentum, weightDecay }: Hyperparameters): Rates {
  return { learningRate: tf.scalar(learningRate), momentum: tf.scalar(momentum), weightDecay: tf.scalar(weightDecay) };
}
