import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionOptions, Layers } from '../../architectures';
import {
  batchNormInference,
  batchNormTraining,
  convolve,
  convolveDepthwise,
  maxPool,
  silu,
} from '../backend/operations';
import type { Model } from './model';
import type { Weights } from './weights';

/** Weights in the engine, flat. Whoever made them disposes them. */
export interface TensorWeights {
  readonly parameters: tf.Tensor1D;
  readonly means: tf.Tensor1D;
  readonly variances: tf.Tensor1D;
}

/** What batch norm saw in training mode, in the order of the model's statistics, each [statisticsCount]. */
export interface BatchStatistics {
  readonly means: tf.Tensor1D;
  readonly variances: tf.Tensor1D;
}

/** Looks at, and may replace, the feature map [n, h, w, c] of a stage. */
export type StageHook = (stage: string, features: tf.Tensor4D) => tf.Tensor4D;

const EPSILON = 1e-5;

export function loadWeights(weights: Weights): TensorWeights {
  return {
    parameters: tf.tensor1d(weights.parameters),
    means: tf.tensor1d(weights.means),
    variances: tf.tensor1d(weights.variances),
  };
}

export function disposeWeights({ parameters, means, variances }: TensorWeights): void {
  tf.dispose([parameters, means, variances]);
}

/**
 * The logits [n, classes] of images [n, size, size, 3], already normalised; batch norm with its running statistics.
 * Call it in a tidy.
 */
export function infer(model: Model, weights: TensorWeights, images: tf.Tensor4D, hook?: StageHook): tf.Tensor2D {
  const means = split(weights.means, model.statistics);
  const variances = split(weights.variances, model.statistics);
  const normalise: Normalise = (x, gamma, beta, index) =>
    batchNormInference(x, gamma, beta, at(means, index), at(variances, index), EPSILON);
  return run(model, weights.parameters, images, normalise, hook);
}

/**
 * The logits in training mode, and what batch norm saw. A pure function of parameters and batch; call it in a tidy.
 */
export function inferTraining(
  model: Model,
  parameters: tf.Tensor1D,
  images: tf.Tensor4D,
): { logits: tf.Tensor2D; statistics: BatchStatistics } {
  const means: tf.Tensor1D[] = [];
  const variances: tf.Tensor1D[] = [];
  const normalise: Normalise = (x, gamma, beta) => {
    const { output, mean, variance } = batchNormTraining(x, gamma, beta, EPSILON);
    means.push(mean);
    variances.push(variance);
    return output;
  };
  const logits = run(model, parameters, images, normalise);
  return { logits, statistics: { means: tf.concat(means), variances: tf.concat(variances) } };
}

type Normalise = (x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D, index: number) => tf.Tensor4D;

function run(
  model: Model,
  parameters: tf.Tensor1D,
  images: tf.Tensor4D,
  normalise: Normalise,
  hook?: StageHook,
): tf.Tensor2D {
  const values = new Map<string, tf.Tensor>();
  split(parameters, model.parameters).forEach((value, index) => {
    const { tensor, shape } = at(model.parameters, index);
    values.set(tensor.name, tf.reshape(value, [...shape]));
  });
  return model.build(new TensorLayers(values, normalise, hook), images, model.classes) as tf.Tensor2D;
}

function split(flat: tf.Tensor1D, slots: readonly { readonly length: number }[]): tf.Tensor1D[] {
  return tf.split(
    flat,
    slots.map(({ length }) => length),
  );
}

/** Interprets an architecture with tensors. */
class TensorLayers implements Layers<tf.Tensor> {
  private batchNorms = 0;

  constructor(
    private readonly values: ReadonlyMap<string, tf.Tensor>,
    private readonly normalise: Normalise,
    private readonly hook?: StageHook,
  ) {}

  conv2d(name: string, x: tf.Tensor, { stride = 1, bias = false }: ConvolutionOptions): tf.Tensor {
    const y = convolve(x as tf.Tensor4D, this.value(`${name}.weight`), stride);
    return bias ? tf.add(y, this.value(`${name}.bias`)) : y;
  }

  depthwiseConv2d(name: string, x: tf.Tensor, { stride }: { kernel: number; stride: number }): tf.Tensor {
    return convolveDepthwise(x as tf.Tensor4D, this.value(`${name}.weight`), stride);
  }

  batchNorm(name: string, x: tf.Tensor): tf.Tensor {
    const gamma = this.value<tf.Tensor1D>(`${name}.weight`);
    const beta = this.value<tf.Tensor1D>(`${name}.bias`);
    return this.normalise(x as tf.Tensor4D, gamma, beta, this.batchNorms++);
  }

  maxPool(x: tf.Tensor, { kernel, stride, padding }: { kernel: number; stride: number; padding: number }): tf.Tensor {
    return maxPool(x as tf.Tensor4D, kernel, stride, padding);
  }

  spatialMean(x: tf.Tensor): tf.Tensor {
    return tf.mean(x, [1, 2], true);
  }

  subsampleAndPadChannels(x: tf.Tensor, channels: number): tf.Tensor {
    const side = (channels - (x.shape[3] ?? 0)) / 2;
    // An average over single positions is the subsampling: unlike a strided slice it has a gradient everywhere.
    const subsampled = tf.avgPool(x as tf.Tensor4D, 1, 2, 'valid');
    return tf.pad(subsampled, [
      [0, 0],
      [0, 0],
      [0, 0],
      [side, side],
    ]);
  }

  stage(name: string, x: tf.Tensor): tf.Tensor {
    return this.hook === undefined ? x : this.hook(name, x as tf.Tensor4D);
  }

  classify(name: string, x: tf.Tensor): tf.Tensor {
    const features = tf.mean<tf.Tensor2D>(x, [1, 2]);
    return tf.add(tf.matMul(features, this.value(`${name}.weight`)), this.value(`${name}.bias`));
  }

  relu = (x: tf.Tensor): tf.Tensor => tf.relu(x);
  silu = (x: tf.Tensor): tf.Tensor => silu(x);
  sigmoid = (x: tf.Tensor): tf.Tensor => tf.sigmoid(x);
  add = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.add(a, b);
  scaleChannels = (x: tf.Tensor, factors: tf.Tensor): tf.Tensor => tf.mul(x, factors);

  private value<T extends tf.Tensor = tf.Tensor4D>(name: string): T {
    return this.values.get(name) as T;
  }
}

function at<T>(items: readonly T[], index: number): T {
  return items[index] as T;
}
