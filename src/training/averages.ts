/**
 * The exponential moving average of weights over the steps, as timm's ModelEmaV3 keeps it without warm-up: parameters and
 * running statistics alike move towards the training's by 1 − decay after each step, and are the training's own after the
 * first one, as timm's `train.py` calls `update(model, step)`.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TensorWeights } from '../models/forward';

/** The averages beside the weights, in a training's state. */
export interface Averages {
  readonly averagedParameters: tf.Tensor1D;
  readonly averagedMeans: tf.Tensor1D;
  readonly averagedVariances: tf.Tensor1D;
}

export const AVERAGES = ['averagedParameters', 'averagedMeans', 'averagedVariances'] as const;

/** How far averages move towards the weights after a step, in (0, 1]. @param isFirst of the training */
export function averageRate(decay: number, isFirst: boolean): number {
  return isFirst ? 1 : 1 - decay;
}

/** The averages after a step; call it in a tidy. @param rate a scalar: see {@link averageRate} */
export function averaged(before: Averages, weights: TensorWeights, rate: tf.Scalar): Averages {
  return {
    averagedParameters: towards(before.averagedParameters, weights.parameters, rate),
    averagedMeans: towards(before.averagedMeans, weights.means, rate),
    averagedVariances: towards(before.averagedVariances, weights.variances, rate),
  };
}

/** As `torch.lerp`. */
function towards(from: tf.Tensor1D, to: tf.Tensor1D, rate: tf.Scalar): tf.Tensor1D {
  return tf.add(from, tf.mul(tf.sub(to, from), rate));
}
