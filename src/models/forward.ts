import * as tf from '@tensorflow/tfjs-core';
import {
  isForwardOnly,
  type ConvolutionOptions,
  type DepthwiseOptions,
  type Graph,
  type Layers,
} from '../architectures';
import {
  adaptiveAveragePool,
  averagePool,
  batchNormInference,
  batchNormTraining,
  convolve,
  convolveDepthwise,
  convolveGroups,
  gelu,
  hardSigmoid,
  hardSwish,
  layerNorm,
  maxPool,
  mixChannels,
  silu,
} from '../engine/operations';
import { OPERATION_BY_OPERATION, runProgram } from '../engine/programs';
import type { OnValue } from './graph/operation';
import { runGraph } from './graph/run';
import { describeModel, type Model, type ParameterSlot } from './model';
import type { Weights } from './weights';

/** Weights in the engine, flat. Whoever made them disposes them. */
export interface TensorWeights {
  readonly parameters: tf.Tensor1D;
  readonly means: tf.Tensor1D;
  readonly variances: tf.Tensor1D;
}

/** What batch norm saw in training mode, in the order of the model's statistics: [statisticsCount], where it is of all. */
export interface BatchStatistics {
  readonly means: tf.Tensor1D;
  readonly variances: tf.Tensor1D;
}

/** How far running statistics move towards those of a batch, between 0 and 1: one number, or each its own. */
export type StatisticsMomentum = number | tf.Tensor1D;

/** Looks at, and may replace, the feature map [n, h, w, c] of a target layer. */
export type LayerHook = (targetLayer: string, features: tf.Tensor4D) => tf.Tensor4D;

/** Who is told of what is computed on the way. */
interface Watched {
  readonly hook?: LayerHook | undefined;
  /** Of each value of a graph. */
  readonly onValue?: OnValue | undefined;
}

/** Of the batch norms of architectures that say nothing else: PyTorch's, in its sense. */
const NORM_DEFAULTS = { epsilon: 1e-5, momentum: 0.1 };

/** The names of {@link TensorWeights}, which programs take from one checkpoint to the next. */
export const WEIGHTS = ['parameters', 'means', 'variances'] as const;

/** Of a training's state, the weights. */
export function weightsOnly({ parameters, means, variances }: TensorWeights): TensorWeights {
  return { parameters, means, variances };
}

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
export function infer(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  hook?: LayerHook,
  onValue?: OnValue,
): tf.Tensor2D {
  const means = split(weights.means, model.statistics);
  const variances = split(weights.variances, model.statistics);
  const normalise: Normalise = (x, gamma, beta, { index, epsilon }) =>
    batchNormInference(x, gamma, beta, at(means, index), at(variances, index), epsilon);
  return run(model, weights.parameters, images, normalise, { hook, onValue });
}

/** {@link infer}, for many batches: the caller disposes the logits. */
export function predict(model: Model, weights: TensorWeights, images: tf.Tensor4D): tf.Tensor2D {
  const program = {
    name: `forward pass of ${describeModel(model)}`,
    compute: (inputs: TensorWeights & { images: tf.Tensor4D }) => ({ logits: infer(model, inputs, inputs.images) }),
    lasting: WEIGHTS,
    batched: ['images'] as const,
  };
  const inputs = { ...weightsOnly(weights), images };
  // Values are read on the way, which no recording could do.
  if (isForwardOnly(model.network)) return OPERATION_BY_OPERATION.run(program, inputs).logits;
  return runProgram(program, inputs).logits;
}

/**
 * The logits in training mode, and what batch norm saw. A pure function of parameters and batch; call it in a tidy.
 */
export function inferTraining(
  model: Model,
  parameters: tf.Tensor1D,
  images: tf.Tensor4D,
): { logits: tf.Tensor2D; statistics: BatchStatistics; momentum: StatisticsMomentum } {
  const means: tf.Tensor1D[] = [];
  const variances: tf.Tensor1D[] = [];
  const momenta: number[] = [];
  const normalise: Normalise = (x, gamma, beta, { index, epsilon, momentum }) => {
    const { output, mean, variance } = batchNormTraining(x, gamma, beta, epsilon);
    means[index] = mean;
    variances[index] = variance;
    momenta[index] = momentum;
    return output;
  };
  const logits = run(model, parameters, images, normalise);
  return { logits, statistics: joined(means, variances), momentum: joinedMomenta(model, momenta) };
}

/** Of models without a batch norm there are none. */
function joined(means: tf.Tensor1D[], variances: tf.Tensor1D[]): BatchStatistics {
  if (means.length === 0) return { means: tf.tensor1d([]), variances: tf.tensor1d([]) };
  return { means: tf.concat(means), variances: tf.concat(variances) };
}

function joinedMomenta({ statistics }: Model, momenta: readonly number[]): StatisticsMomentum {
  const [first = NORM_DEFAULTS.momentum] = momenta;
  if (momenta.every((momentum) => momentum === first)) return first;
  const each = statistics.flatMap(({ length }, index) => new Array<number>(length).fill(momenta[index] as number));
  return tf.tensor1d(Float32Array.from(each));
}

/**
 * What batch norm sees of images in training mode from one of its layers on, in the order of the model's statistics; the
 * layers before normalise by their running statistics. Where parameters were changed from there on, the mean over batches
 * of it is what running statistics are to be (Izmailov et al. 2018; PyTorch's `update_bn`). The caller disposes both.
 * @param first the place of the first such layer in the model's statistics
 */
export function batchStatistics(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  first: number,
): BatchStatistics {
  const program = {
    name: `batch statistics from ${first} of ${describeModel(model)}`,
    compute: (inputs: TensorWeights & { images: tf.Tensor4D }) => {
      const means = split(inputs.means, model.statistics);
      const variances = split(inputs.variances, model.statistics);
      const seen: { means: tf.Tensor1D[]; variances: tf.Tensor1D[] } = { means: [], variances: [] };
      const normalise: Normalise = (x, gamma, beta, { index, epsilon }) => {
        if (index < first) return batchNormInference(x, gamma, beta, at(means, index), at(variances, index), epsilon);
        const { output, mean, variance } = batchNormTraining(x, gamma, beta, epsilon);
        seen.means[index - first] = mean;
        seen.variances[index - first] = variance;
        return output;
      };
      run(model, inputs.parameters, inputs.images, normalise);
      return joined(seen.means, seen.variances);
    },
    lasting: WEIGHTS,
    patient: true,
  };
  return runProgram(program, { ...weightsOnly(weights), images });
}

interface Norm {
  /** Its place in the model's statistics. */
  readonly index: number;
  readonly epsilon: number;
  /** PyTorch's: how far the running statistics move towards the batch's. */
  readonly momentum: number;
}

type Normalise = (x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D, norm: Norm) => tf.Tensor4D;

function run(
  model: Model,
  parameters: tf.Tensor1D,
  images: tf.Tensor4D,
  normalise: Normalise,
  watched: Watched = {},
): tf.Tensor2D {
  const pieces = split(parameters, model.parameters);
  const values = new Map(model.parameters.map((slot, index) => [slot.tensor.name, { slot, flat: at(pieces, index) }]));
  return model.build(new TensorLayers(model, values, normalise, watched), images, model.classes) as tf.Tensor2D;
}

function split(flat: tf.Tensor1D, slots: readonly { readonly length: number }[]): tf.Tensor1D[] {
  if (slots.length === 0) return [];
  return tf.split(
    flat,
    slots.map(({ length }) => length),
  );
}

/** A parameter as it was cut out of the flat vector. It is only given a shape where it needs one: that costs too. */
interface Value {
  readonly slot: ParameterSlot;
  readonly flat: tf.Tensor1D;
}

/** Interprets an architecture with tensors. */
class TensorLayers implements Layers<tf.Tensor> {
  private batchNorms = 0;

  constructor(
    private readonly model: Model,
    private readonly values: ReadonlyMap<string, Value>,
    private readonly normalise: Normalise,
    private readonly watched: Watched,
  ) {}

  conv2d(name: string, x: tf.Tensor, options: ConvolutionOptions): tf.Tensor {
    const { kernel, stride = 1, bias = false, padding, groups = 1 } = options;
    const weight = `${name}.weight`;
    const input = x as tf.Tensor4D;
    const y =
      groups > 1
        ? convolveGroups(input, this.filter(weight), groups, stride, padding)
        : kernel === 1 && stride === 1
          ? mixChannels(input, this.matrix(weight))
          : convolve(input, this.filter(weight), stride, padding);
    return bias ? tf.add(y, this.vector(`${name}.bias`)) : y;
  }

  depthwiseConv2d(name: string, x: tf.Tensor, { stride, bias = false, padding }: DepthwiseOptions): tf.Tensor {
    const y = convolveDepthwise(x as tf.Tensor4D, this.filter(`${name}.weight`), stride, padding);
    return bias ? tf.add(y, this.vector(`${name}.bias`)) : y;
  }

  linearAtPositions(name: string, x: tf.Tensor): tf.Tensor {
    return tf.add(mixChannels(x as tf.Tensor4D, this.matrix(`${name}.weight`)), this.vector(`${name}.bias`));
  }

  batchNorm(name: string, x: tf.Tensor, epsilon = NORM_DEFAULTS.epsilon): tf.Tensor {
    const [gamma, beta] = [this.vector(`${name}.weight`), this.vector(`${name}.bias`)];
    const { momentum } = NORM_DEFAULTS;
    return this.normalise(x as tf.Tensor4D, gamma, beta, { index: this.batchNorms++, epsilon, momentum });
  }

  layerNorm(name: string, x: tf.Tensor, epsilon: number): tf.Tensor {
    return layerNorm(x, this.vector(`${name}.weight`), this.vector(`${name}.bias`), epsilon);
  }

  scaleBy(name: string, x: tf.Tensor): tf.Tensor {
    return tf.mul(x, this.vector(name));
  }

  concatenate(parts: readonly tf.Tensor[]): tf.Tensor {
    return tf.concat([...parts], -1);
  }

  averagePool(x: tf.Tensor, { kernel, stride }: { kernel: number; stride: number }): tf.Tensor {
    return averagePool(x as tf.Tensor4D, kernel, stride);
  }

  adaptiveAveragePool(x: tf.Tensor, size: number): tf.Tensor {
    return adaptiveAveragePool(x as tf.Tensor4D, size);
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

  targetLayer(name: string, x: tf.Tensor): tf.Tensor {
    return this.watched.hook?.(name, x as tf.Tensor4D) ?? x;
  }

  classify(name: string, x: tf.Tensor): tf.Tensor {
    return this.linear(name, tf.mean<tf.Tensor2D>(x, [1, 2]));
  }

  flatten(x: tf.Tensor): tf.Tensor {
    const [, height = 1, width = 1, channels = 1] = x.shape;
    // A single position has the same order either way.
    const byChannel = height * width === 1 ? x : tf.transpose(x, [0, 3, 1, 2]);
    return tf.reshape(byChannel, [-1, channels * height * width]);
  }

  linear(name: string, x: tf.Tensor): tf.Tensor {
    return tf.add(tf.matMul(x as tf.Tensor2D, this.matrix(`${name}.weight`)), this.vector(`${name}.bias`));
  }

  graph(graph: Graph, images: tf.Tensor): tf.Tensor {
    const indices = new Map(this.model.statistics.map(({ module }, index) => [module, index]));
    return runGraph(graph, images as tf.Tensor4D, {
      parameter: (name) => {
        const { flat, slot } = this.value(name);
        return tf.reshape(flat, [...slot.shape]);
      },
      batchNorm: (x, gamma, beta, { module, epsilon, momentum }) =>
        this.normalise(x, gamma, beta, { index: indices.get(module) as number, epsilon, momentum }),
      look: (name, features) => this.watched.hook?.(name, features) ?? features,
      onValue: this.watched.onValue,
    });
  }

  relu = (x: tf.Tensor): tf.Tensor => tf.relu(x);
  relu6 = (x: tf.Tensor): tf.Tensor => tf.relu6(x);
  gelu = (x: tf.Tensor): tf.Tensor => gelu(x);
  hardSwish = (x: tf.Tensor): tf.Tensor => hardSwish(x);
  hardSigmoid = (x: tf.Tensor): tf.Tensor => hardSigmoid(x);
  silu = (x: tf.Tensor): tf.Tensor => silu(x);
  sigmoid = (x: tf.Tensor): tf.Tensor => tf.sigmoid(x);
  add = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.add(a, b);
  scaleChannels = (x: tf.Tensor, factors: tf.Tensor): tf.Tensor => tf.mul(x, factors);

  private vector(name: string): tf.Tensor1D {
    return this.value(name).flat;
  }

  /** [in, out] */
  private matrix(name: string): tf.Tensor2D {
    const { flat, slot } = this.value(name);
    return tf.reshape(flat, slot.shape.slice(-2) as [number, number]);
  }

  /** HWIO, or HWC1 */
  private filter(name: string): tf.Tensor4D {
    const { flat, slot } = this.value(name);
    return tf.reshape(flat, slot.shape as [number, number, number, number]);
  }

  private value(name: string): Value {
    return this.values.get(name) as Value;
  }
}

function at<T>(items: readonly T[], index: number): T {
  return items[index] as T;
}
