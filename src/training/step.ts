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

/** A batch that is attacked before it is trained on. */
export interface BatchToAttack extends BatchLabels {
  /** In 0 … 1, [n, height, width, 3], before normalisation. */
  readonly pixels: tf.Tensor4D;
  /** Points of the attack's unit ball, of the same shape; absent where attacks start from the pixels themselves. */
  readonly offsets?: tf.Tensor4D;
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

export function differentiate(model: Model, weights: TensorWeights, batch: Batch, recipe: Recipe): Differentiated {
  const pass = trainingPass(model, weights, batch, recipe);
  const { value: loss, grad } = tf.valueAndGrad((parameters) => pass.loss(parameters as tf.Tensor1D, batch.images))(
    weights.parameters,
  );
  return { gradient: grad as tf.Tensor1D, loss, ...pass.finish() };
}

/** What an attack follows: the gradient of the loss by pixels, and what the pass does to running statistics. */
export interface PixelsDifferentiated extends Pick<Differentiated, 'means' | 'variances'> {
  /** [n, height, width, 3], as the pixels. */
  readonly gradient: tf.Tensor4D;
}

/** @param toInput what makes the network's input of pixels, and has a gradient */
export function differentiatePixels(
  model: Model,
  weights: TensorWeights,
  pixels: tf.Tensor4D,
  toInput: (pixels: tf.Tensor4D) => tf.Tensor4D,
  labels: BatchLabels,
  recipe: Recipe,
): PixelsDifferentiated {
  const pass = trainingPass(model, weights, labels, recipe);
  const lossOf = (given: tf.Tensor): tf.Scalar => pass.loss(weights.parameters, toInput(given as tf.Tensor4D));
  const gradient = tf.grad(lossOf)(pixels) as tf.Tensor4D;
  const { means, variances } = pass.finish();
  return { gradient, means, variances };
}

/** A pass in training mode: a loss to differentiate, and then what else it gave. */
function trainingPass(model: Model, weights: TensorWeights, labels: BatchLabels, { labelSmoothing }: Recipe) {
  const targets = targetsOf(labels, model.classes, labelSmoothing);
  let logits!: tf.Tensor2D;
  let means!: tf.Tensor1D;
  let variances!: tf.Tensor1D;
  let momentum!: StatisticsMomentum;
  return {
    loss(parameters: tf.Tensor1D, images: tf.Tensor4D): tf.Scalar {
      const result = inferTraining(model, parameters, images);
      // Variables captured by the closure escape the tidy of the gradient, so `keep()` them, and dispose of them below.
      logits = tf.keep(result.logits);
      means = tf.keep(result.statistics.means);
      variances = tf.keep(result.statistics.variances);
      momentum = typeof result.momentum === 'number' ? result.momentum : tf.keep(result.momentum);
      return crossEntropyOf(result.logits, targets);
    },
    finish(): Omit<Differentiated, 'gradient' | 'loss'> {
      const result = {
        means: moveTowards(weights.means, means, momentum),
        variances: moveTowards(weights.variances, variances, momentum),
        correct: countRight(logits, labels),
      };
      tf.dispose([logits, means, variances, momentum]);
      return result;
    },
  };
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
