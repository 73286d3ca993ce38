/** The arithmetic of training, as pure functions of tensors: to be called in a tidy. */
import * as tf from '@tensorflow/tfjs-core';
import { inferTraining, type StatisticsMomentum, type TensorWeights } from '../models/forward';
import { crossEntropyOf } from '../models/scores';
import type { Model } from '../models/model';
import type { Recipe } from './recipe';
import { countRight, targetsOf, type BatchLabels } from './targets';

export interface Batch extends BatchLabels {
  /** [n, size, size, 3], normalised. */
  readonly images: tf.Tensor4D;
}

export interface Hyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/** {@link Hyperparameters} in the engine, each a scalar. */
export type Rates = { readonly [Name in keyof Hyperparameters]: tf.Scalar };

/** What the optimiser changes. Both [parameterCount]. */
export interface Optimised {
  readonly parameters: tf.Tensor1D;
  /** SGD's momentum buffer. */
  readonly velocity: tf.Tensor1D;
}

/** What going through a batch in training mode gives. */
export interface Differentiated {
  /** Of the loss, by the parameters: [parameterCount]. */
  readonly gradient: tf.Tensor1D;
  /** The running statistics, moved towards the batch's. Both [statisticsCount]. */
  readonly means: tf.Tensor1D;
  readonly variances: tf.Tensor1D;
  /** Mean cross-entropy of the batch and its targets, a scalar. */
  readonly loss: tf.Scalar;
  /** How many of the batch were classified rightly, a scalar: see `countRight`. */
  readonly correct: tf.Scalar;
}

export function differentiate(
  model: Model,
  weights: TensorWeights,
  batch: Batch,
  { labelSmoothing }: Recipe,
): Differentiated {
  const targets = targetsOf(batch, model.classes, labelSmoothing);
  let logits!: tf.Tensor2D;
  let means!: tf.Tensor1D;
  let variances!: tf.Tensor1D;
  let momentum!: StatisticsMomentum;
  const lossOf = (parameters: tf.Tensor): tf.Scalar => {
    const result = inferTraining(model, parameters as tf.Tensor1D, batch.images);
    // Variables captured by the closure escape the tidy of `valueAndGrad`, so `keep()` them, and dispose of them below.
    logits = tf.keep(result.logits);
    means = tf.keep(result.statistics.means);
    variances = tf.keep(result.statistics.variances);
    momentum = typeof result.momentum === 'number' ? result.momentum : tf.keep(result.momentum);
    return crossEntropyOf(result.logits, targets);
  };
  const { value: loss, grad } = tf.valueAndGrad(lossOf)(weights.parameters);
  const result = {
    gradient: grad as tf.Tensor1D,
    means: moveTowards(weights.means, means, momentum),
    variances: moveTowards(weights.variances, variances, momentum),
    loss,
    correct: countRight(logits, batch),
  };
  tf.dispose([logits, means, variances, momentum]);
  return result;
}

/**
 * SGD in PyTorch's semantics: g ← gradient + weightDecay·p; v ← momentum·v + g; p ← p − learningRate·v, or with Nesterov's
 * momentum p ← p − learningRate·(g + momentum·v).
 */
export function descend(
  { parameters, velocity }: Optimised,
  gradient: tf.Tensor1D,
  { learningRate, momentum, weightDecay }: Rates,
  { nesterov }: Recipe,
): Optimised {
  const decayed = tf.add<tf.Tensor1D>(gradient, tf.mul(parameters, weightDecay));
  const next = tf.add<tf.Tensor1D>(tf.mul(velocity, momentum), decayed);
  const direction = nesterov ? tf.add(decayed, tf.mul(next, momentum)) : next;
  return { parameters: tf.sub(parameters, tf.mul(direction, learningRate)), velocity: next };
}

/** As PyTorch moves running statistics: new = (1 − momentum)·old + momentum·batch. */
function moveTowards(running: tf.Tensor1D, batch: tf.Tensor1D, momentum: StatisticsMomentum): tf.Tensor1D {
  const rest = typeof momentum === 'number' ? 1 - momentum : tf.sub(1, momentum);
  return tf.add(tf.mul(running, rest), tf.mul(batch, momentum));
}
