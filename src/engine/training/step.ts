import * as tf from '@tensorflow/tfjs-core';
import { inferTraining, type TensorWeights } from '../models/forward';
import type { Model } from '../models/model';

/** What a step changes, all in the engine. */
export interface TrainingState extends TensorWeights {
  /** SGD's momentum buffer, [parameterCount]. */
  readonly velocity: tf.Tensor1D;
}

export interface Batch {
  /** [n, size, size, 3], normalised. */
  readonly images: tf.Tensor4D;
  /** [n], int32. */
  readonly labels: tf.Tensor1D;
}

export interface Hyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

export interface StepResult {
  readonly state: TrainingState;
  /** Mean cross-entropy of the batch before the step, a scalar. */
  readonly loss: tf.Scalar;
  /** How many of the batch were classified rightly before the step, a scalar. */
  readonly correct: tf.Scalar;
}

/** PyTorch's momentum of running statistics: new = 0.9·old + 0.1·batch. */
const STATISTICS_MOMENTUM = 0.1;

/**
 * One step of SGD in PyTorch's semantics: g ← ∇loss + weightDecay·p; v ← momentum·v + g; p ← p − learningRate·v, weight
 * decay on every parameter. A pure function: the given state is left as it is, and the caller disposes it.
 */
export function trainStep(model: Model, state: TrainingState, batch: Batch, hyper: Hyperparameters): StepResult {
  return tf.tidy(() => {
    let logits!: tf.Tensor2D;
    let means!: tf.Tensor1D;
    let variances!: tf.Tensor1D;
    const loss = (parameters: tf.Tensor): tf.Scalar => {
      const result = inferTraining(model, parameters as tf.Tensor1D, batch.images);
      // They leave the gradient's scope by the side door, so they must be kept from its tidy, and disposed here.
      logits = tf.keep(result.logits);
      means = tf.keep(result.statistics.means);
      variances = tf.keep(result.statistics.variances);
      return crossEntropy(result.logits, batch.labels);
    };
    const { value, grad } = tf.valueAndGrad(loss)(state.parameters);
    const gradient = tf.add(grad, tf.mul(state.parameters, hyper.weightDecay));
    const velocity = tf.add<tf.Tensor1D>(tf.mul(state.velocity, hyper.momentum), gradient);
    const next = {
      parameters: tf.sub<tf.Tensor1D>(state.parameters, tf.mul(velocity, hyper.learningRate)),
      velocity,
      means: moveTowards(state.means, means),
      variances: moveTowards(state.variances, variances),
    };
    const correct = countCorrect(logits, batch.labels);
    tf.dispose([logits, means, variances]);
    return { state: next, loss: value, correct };
  });
}

/** Mean over the batch of −log softmax(logits)[label]. */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const target = tf.oneHot(labels, logits.shape[1]);
  return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1)));
}

export function countCorrect(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'int32'));
}

function moveTowards(running: tf.Tensor1D, batch: tf.Tensor1D): tf.Tensor1D {
  return tf.add(tf.mul(running, 1 - STATISTICS_MOMENTUM), tf.mul(batch, STATISTICS_MOMENTUM));
}

export function disposeState({ parameters, means, variances, velocity }: TrainingState): void {
  tf.dispose([parameters, means, variances, velocity]);
}
