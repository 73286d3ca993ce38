/**
 * A model while it is trained: weights, running statistics and optimiser live here, in the engine.
 *
 * A step takes its batch whole, or in micro-batches: the gradients of these are accumulated, each by its share of the batch,
 * and the optimiser moves once. The update is then that of the whole batch's mean loss, but for batch norm, which
 * normalises by micro-batch and moves its running statistics with each, as in PyTorch.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createVariables } from '../engine/programs';
import { startedAt } from '../models/attack';
import { loadWeights, WEIGHTS, type TensorWeights } from '../models/forward';
import { unitToInput } from '../models/input';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { averageRate, AVERAGES, type Averages } from './averages';
import { trainingPrograms, type TrainingState, type UpdateRates } from './programs';
import { PLAIN, type Recipe } from './recipe';
import type { BatchLabels } from './targets';
import type { Batch, BatchToAttack, Differentiated, Hyperparameters } from './step';

export interface Trainer {
  /** Of the model. */
  readonly classes: number;
  /** One step of SGD on the whole batch; a batch that is to be attacked is so first. */
  step(batch: Batch | BatchToAttack, hyper: Hyperparameters): BatchResult;
  /**
   * Adds a micro-batch's gradient to what has been accumulated since the last update.
   * @param share of the step's images that are in it, in (0, 1]
   */
  accumulate(batch: Batch | BatchToAttack, share: number): BatchResult;
  /** One step of SGD with the gradient that has been accumulated. */
  update(hyper: Hyperparameters): void;
  /** What a checkpoint would hold now: the averages where there are any, else the weights. The caller disposes them. */
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
  /** What a checkpoint holds: the averages where there are any. */
  readonly weights: Weights;
  /** SGD's momentum buffer, [parameterCount]. */
  readonly velocity: Float32Array;
  /** What the next step starts from; absent where it is the checkpoint's weights. */
  readonly unaveraged?: Omit<Weights, 'batchCount'>;
}

export interface TrainerOptions {
  readonly recipe?: Recipe;
  /** Of a training that is gone on with; zero for a new one. */
  readonly velocity?: Float32Array | undefined;
  /** The averages of a training that is gone on with; those of a new one begin with its first step. */
  readonly averages?: Weights | undefined;
}

/** @param weights that the first step starts from */
export function createTrainer(
  model: Model,
  weights: Weights,
  { recipe = PLAIN, velocity, averages }: TrainerOptions = {},
): Trainer {
  const programs = trainingPrograms(model, recipe);
  const { averageDecay } = recipe;
  const state = createVariables<TrainingState>({
    ...loadWeights(weights),
    velocity: velocity === undefined ? tf.zeros([model.parameterCount]) : tf.tensor1d(velocity),
    ...(averageDecay === undefined ? {} : loadAverages(averages ?? weights)),
  });
  let accumulated: tf.Tensor1D | undefined;
  /** Batch norm has seen so many batches, micro-batches each counted, as PyTorch does. */
  let { batchCount } = weights;
  let isFirstStep = averages === undefined;

  function ratesOf({ learningRate, momentum, weightDecay }: Hyperparameters): UpdateRates {
    const rates = {
      learningRate: tf.scalar(learningRate),
      momentum: tf.scalar(momentum),
      weightDecay: tf.scalar(weightDecay),
    };
    if (averageDecay === undefined) return rates;
    const averaging = { averageRate: tf.scalar(averageRate(averageDecay, isFirstStep)) };
    isFirstStep = false;
    return { ...rates, ...averaging };
  }

  function readBatch({ loss, correct }: Pick<Differentiated, 'loss' | 'correct'>): BatchResult {
    batchCount++;
    const result = { loss: loss.dataSync()[0] as number, correct: correct.dataSync()[0] as number };
    tf.dispose([loss, correct]);
    return result;
  }

  /** What checkpoints hold, as tensors that the caller disposes. */
  function keptWeights(): TensorWeights {
    if (averageDecay === undefined) return state.read(WEIGHTS);
    const { averagedParameters, averagedMeans, averagedVariances } = state.read(AVERAGES) as Averages;
    return { parameters: averagedParameters, means: averagedMeans, variances: averagedVariances };
  }

  /** Trains on a batch as it is, or attacked. */
  function met<T>(batch: Batch | BatchToAttack, train: (batch: Batch) => T): T {
    if ('images' in batch) return train(batch);
    const images = attackedImages(batch);
    const result = train({ images, ...labelsOnly(batch) });
    images.dispose();
    return result;
  }

  /** The network's input, [n, size, size, 3]. */
  function attackedImages({ pixels, offsets, ...labels }: BatchToAttack): tf.Tensor4D {
    const { attack } = programs;
    if (attack === undefined || recipe.attack === undefined) throw new Error('the recipe has no attack');
    const { steps, input, ...distance } = recipe.attack;
    let attacked = offsets === undefined ? pixels.clone() : tf.tidy(() => startedAt(pixels, offsets, distance));
    for (let step = 0; step < steps; step++) {
      const outputs = state.run(attack, { clean: pixels, attacked, ...labels });
      batchCount++;
      attacked.dispose();
      attacked = outputs.attacked;
    }
    const images = tf.tidy(() => unitToInput(attacked, input));
    attacked.dispose();
    return images;
  }

  return {
    classes: model.classes,
    step(batch, hyper) {
      const rates = ratesOf(hyper);
      const outputs = met(batch, (given) => state.run(programs.step, { ...given, ...rates }));
      tf.dispose({ ...rates });
      return readBatch(outputs);
    },
    accumulate(batch, weight) {
      const before = {
        accumulated: accumulated ?? tf.zeros<tf.Rank.R1>([model.parameterCount]),
        weight: tf.scalar(weight),
      };
      const outputs = met(batch, (given) => state.run(programs.accumulate, { ...given, ...before }));
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
    weights: keptWeights,
    read() {
      const { velocity } = state.read(['velocity']);
      const numbers = {
        weights: { ...valuesOf(keptWeights()), batchCount },
        velocity: velocity.dataSync() as Float32Array,
        ...(averageDecay === undefined ? {} : { unaveraged: valuesOf(state.read(WEIGHTS)) }),
      };
      velocity.dispose();
      return numbers;
    },
    dispose() {
      state.dispose();
      accumulated?.dispose();
    },
  };
}

function labelsOnly({ labels, otherLabels, share }: BatchLabels): BatchLabels {
  return { labels, ...(otherLabels && { otherLabels }), ...(share && { share }) };
}

function loadAverages(weights: Weights): Averages {
  const { parameters, means, variances } = loadWeights(weights);
  return { averagedParameters: parameters, averagedMeans: means, averagedVariances: variances };
}

/** Disposes the tensors. */
function valuesOf(weights: TensorWeights): Omit<Weights, 'batchCount'> {
  const { parameters, means, variances } = weights;
  const values = {
    parameters: parameters.dataSync() as Float32Array,
    means: means.dataSync() as Float32Array,
    variances: variances.dataSync() as Float32Array,
  };
  tf.dispose([parameters, means, variances]);
  return values;
}
