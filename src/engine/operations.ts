/**
 * The tensor operations that models and training are written in. Everything an engine does in its own way is behind
 * one of these: models never call an engine.
 *
 * Layout is NHWC throughout; convolution filters are HWIO ([height, width, in, out]), depthwise filters HWC1.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_TRAINING, SILU } from './kernelNames';

/**
 * Convolution with PyTorch's symmetric zero padding.
 *
 * Stride 1 with an odd kernel uses 'same', which is then symmetric; any other stride pads first, because TensorFlow's
 * 'same' is not symmetric at stride 2 and explicit paddings have no gradient in tfjs-node.
 *
 * @param x [n, h, w, in]
 * @param filter [k, k, in, out], k odd
 * @returns [n, ⌊(h + 2·⌊k/2⌋ − k)/stride⌋ + 1, …, out]
 */
export function convolve(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D {
  const padding = (filter.shape[0] - 1) / 2;
  if (stride === 1) return tf.conv2d(x, filter, 1, 'same');
  return tf.conv2d(padSpatially(x, padding), filter, stride, 'valid');
}

/**
 * A 1×1 convolution at stride 1, as the matrix product that it is. On small maps, of which EfficientNet has many,
 * TensorFlow's convolution spends most of its time on setting itself up: with this a training step of EfficientNet-B0 at
 * 32×32 takes a sixth less.
 *
 * @param x [n, h, w, in]
 * @param weights [in, out]
 * @returns [n, h, w, out]
 */
export function mixChannels(x: tf.Tensor4D, weights: tf.Tensor2D): tf.Tensor4D {
  const [, height, width, inputs] = x.shape;
  const product = tf.matMul(tf.reshape<tf.Rank.R2>(x, [-1, inputs]), weights);
  return tf.reshape(product, [-1, height, width, weights.shape[1]]);
}

/** As {@link convolve}, a filter a channel. @param filter [k, k, c, 1] */
export function convolveDepthwise(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D {
  const padding = (filter.shape[0] - 1) / 2;
  if (stride === 1) return tf.depthwiseConv2d(x, filter, 1, 'same');
  return tf.depthwiseConv2d(padSpatially(x, padding), filter, stride, 'valid');
}

/**
 * Max-pooling with PyTorch's padding. The padding is zero and not −∞, so `x` must not be negative (it follows a ReLU
 * wherever a model uses it).
 */
export function maxPool(x: tf.Tensor4D, kernel: number, stride: number, padding: number): tf.Tensor4D {
  return tf.maxPool(padSpatially(x, padding), kernel, stride, 'valid');
}

function padSpatially(x: tf.Tensor4D, padding: number): tf.Tensor4D {
  if (padding === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ]);
}

export interface BatchNormTraining {
  /** The normalised batch, of x's shape. */
  readonly output: tf.Tensor4D;
  /** The batch's mean, [c]. No gradient flows through it. */
  readonly mean: tf.Tensor1D;
  /** The batch's unbiased variance, [c], as PyTorch keeps it in its running statistics. No gradient flows through it. */
  readonly variance: tf.Tensor1D;
}

/** Batch normalisation with the batch's own statistics: y = γ·(x − mean)/√(biased variance + ε) + β. */
export function batchNormTraining(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): BatchNormTraining {
  const outputs = tf.engine().runKernel<tf.Tensor[]>(BATCH_NORM_TRAINING, { x, gamma, beta }, { epsilon });
  const [output, mean, variance] = outputs as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
  return { output, mean, variance };
}

/** Batch normalisation with given statistics, as one multiply-add. All of [c]. */
export function batchNormInference(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  epsilon: number,
): tf.Tensor4D {
  return tf.batchNorm4d(x, mean, variance, beta, gamma, epsilon);
}

/** x · sigmoid(x). */
export function silu<T extends tf.Tensor>(x: T): T {
  return tf.engine().runKernel(SILU, { x });
}
