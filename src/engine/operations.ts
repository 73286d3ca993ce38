/**
 * The tensor operations that models and training are written in. Everything an engine does in its own way is behind
 * one of these: models never call an engine.
 *
 * Layout is NHWC throughout; convolution filters are HWIO ([height, width, in, out]), depthwise filters HWC1.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_TRAINING, SILU } from './kernelNames';

/** Zeros around: (k − 1)/2 on each side; TensorFlow's, a position more at the bottom and the right at a stride of 2; none. */
export type PaddingMode = 'symmetric' | 'same' | 'none';

/**
 * Convolution with PyTorch's symmetric zero padding, or as the padding says.
 *
 * Stride 1 with an odd kernel uses 'same', which is then symmetric; any other stride pads first, because TensorFlow's
 * 'same' is not symmetric at stride 2 and explicit paddings have no gradient in tfjs-node.
 *
 * @param x [n, h, w, in]
 * @param filter [k, k, in, out], k odd where the padding is symmetric
 * @returns [n, ⌊(h + 2·⌊k/2⌋ − k)/stride⌋ + 1, …, out]
 */
export function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: number,
  padding: PaddingMode = 'symmetric',
): tf.Tensor4D {
  if (padding === 'same' || (padding === 'symmetric' && stride === 1)) return tf.conv2d(x, filter, stride, 'same');
  return tf.conv2d(padding === 'none' ? x : padSpatially(x, halfOf(filter)), filter, stride, 'valid');
}

/** Groups narrower than this are convolved several at once, by filters that are zero between them. */
const CHUNK_CHANNELS = 32;

/**
 * Convolution of groups of channels, each by filters of its own. TensorFlow.js has none: channels are cut into chunks of
 * whole groups, and put together again.
 *
 * @param filter [k, k, in ÷ groups, out]
 */
export function convolveGroups(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  groups: number,
  stride: number,
  padding: PaddingMode = 'symmetric',
): tf.Tensor4D {
  const [, , inputs] = filter.shape;
  const together = groupsTogether(groups, inputs);
  const dense = together === 1 ? filter : blockDiagonal(filter, groups, together);
  const chunks = groups / together;
  // TensorFlow.js has no gradient of a split into one.
  if (chunks === 1) return convolve(x, dense, stride, padding);
  const filters = tf.split(dense, chunks, 3);
  const parts = tf
    .split(x, chunks, 3)
    .map((part, at) => convolve(part as tf.Tensor4D, filters[at] as tf.Tensor4D, stride, padding));
  return tf.concat(parts, 3);
}

/** As many of the groups as come to a chunk's channels, so that chunks are all alike. */
function groupsTogether(groups: number, channels: number): number {
  const most = Math.max(1, Math.floor(CHUNK_CHANNELS / channels));
  for (let count = Math.min(most, groups); count > 1; count--) if (groups % count === 0) return count;
  return 1;
}

/** [k, k, in ÷ groups, out] → [k, k, together · in ÷ groups, out], zero where input and output are of different groups. */
function blockDiagonal(filter: tf.Tensor4D, groups: number, together: number): tf.Tensor4D {
  const [, , inputs, outputs] = filter.shape;
  const mask = tf.buffer([1, 1, together * inputs, outputs]);
  for (let output = 0; output < outputs; output++) {
    const group = Math.floor((output * groups) / outputs) % together;
    for (let input = 0; input < inputs; input++) mask.set(1, 0, 0, group * inputs + input, output);
  }
  const copies = tf.concat(new Array<tf.Tensor4D>(together).fill(filter), 2);
  return tf.mul(copies, mask.toTensor());
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
export function convolveDepthwise(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: number,
  padding: PaddingMode = 'symmetric',
): tf.Tensor4D {
  if (padding === 'same' || (padding === 'symmetric' && stride === 1))
    return tf.depthwiseConv2d(x, filter, stride, 'same');
  return tf.depthwiseConv2d(padding === 'none' ? x : padSpatially(x, halfOf(filter)), filter, stride, 'valid');
}

function halfOf(filter: tf.Tensor4D): number {
  return (filter.shape[0] - 1) / 2;
}

/**
 * Max-pooling with PyTorch's padding. The padding is zero and not −∞, so `x` must not be negative (it follows a ReLU
 * wherever a model uses it).
 */
export function maxPool(x: tf.Tensor4D, kernel: number, stride: number, padding: number): tf.Tensor4D {
  return tf.maxPool(padSpatially(x, padding), kernel, stride, 'valid');
}

/** Means of windows without padding. */
export function averagePool(x: tf.Tensor4D, kernel: number, stride: number): tf.Tensor4D {
  return tf.avgPool(x, kernel, stride, 'valid');
}

/**
 * Means of size × size windows, of which the i-th goes from ⌊i·h ÷ size⌋ to ⌈(i + 1)·h ÷ size⌉: a product with a matrix.
 * @returns [n, size, size, c]
 */
export function adaptiveAveragePool(x: tf.Tensor4D, size: number): tf.Tensor4D {
  const [, height, width, channels] = x.shape;
  if (height === size && width === size) return x;
  const [rows, columns] = [windowMeans(height, size), windowMeans(width, size)];
  const weights = rows.flatMap((row) => columns.map((column) => row.flatMap((a) => column.map((b) => a * b))));
  // [h·w, n·c], so that one matrix serves all images.
  const positions = tf.reshape(tf.transpose(x, [1, 2, 0, 3]), [height * width, -1]);
  const pooled = tf.matMul(tf.tensor2d(weights), positions);
  return tf.transpose(tf.reshape(pooled, [size, size, -1, channels]), [2, 0, 1, 3]);
}

/** [size][length] */
function windowMeans(length: number, size: number): number[][] {
  return Array.from({ length: size }, (_, window) => {
    const [first, end] = [Math.floor((window * length) / size), Math.ceil(((window + 1) * length) / size)];
    return Array.from({ length }, (__, at) => (at >= first && at < end ? 1 / (end - first) : 0));
  });
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

/** Over the last axis, with the biased variance: γ·(x − mean)/√(variance + ε) + β. */
export function layerNorm<T extends tf.Tensor>(x: T, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), gamma), beta);
}

/** x · Φ(x), Φ the normal distribution's, by the error function. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** relu6(x + 3) ÷ 6 */
export function hardSigmoid<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.relu6(tf.add(x, 3)), 1 / 6);
}

/** x · {@link hardSigmoid} */
export function hardSwish<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, hardSigmoid(x));
}
