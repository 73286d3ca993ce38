import type { Graph } from './graph/graph';

/**
 * The vocabulary that architectures are written in. An architecture is a function of these layers and never knows who
 * interprets them: `declare.ts` walks it with shapes alone to list parameters, the engine runs it with tensors.
 *
 * `X` stands for a batch of feature maps, NHWC. Convolutions and linear layers have PyTorch's semantics; names are the
 * modules' names in the PyTorch state dict, in its order.
 */
export interface Layers<X> {
  /** Zero-padded by (kernel − 1)/2 unless said otherwise; in one group and without a bias unless asked. */
  conv2d(name: string, x: X, options: ConvolutionOptions): X;
  /** A filter a channel, zero-padded by (kernel − 1)/2 unless said otherwise, without a bias unless asked. */
  depthwiseConv2d(name: string, x: X, options: DepthwiseOptions): X;
  /** A linear layer at each position, with a bias: [n, h, w, c] → [n, h, w, outputs]. */
  linearAtPositions(name: string, x: X, outputs: number): X;
  /** Momentum 0.1 in PyTorch's sense. @param epsilon 1e-5 where absent */
  batchNorm(name: string, x: X, epsilon?: number): X;
  /** Over the channels of each position. */
  layerNorm(name: string, x: X, epsilon: number): X;
  relu(x: X): X;
  relu6(x: X): X;
  silu(x: X): X;
  /** The exact one, by the error function. */
  gelu(x: X): X;
  /** x · hardSigmoid(x) */
  hardSwish(x: X): X;
  sigmoid(x: X): X;
  /** relu6(x + 3) ÷ 6 */
  hardSigmoid(x: X): X;
  add(a: X, b: X): X;
  /** Each channel of x multiplied by its factor; factors are [n, 1, 1, c]. */
  scaleChannels(x: X, factors: X): X;
  /** Each channel of x multiplied by a parameter of its own, which has no more to its name than this. */
  scaleBy(name: string, x: X): X;
  /** Along the channels. */
  concatenate(parts: readonly X[]): X;
  /** x must not be negative: the padding is zero. */
  maxPool(x: X, options: { readonly kernel: number; readonly stride: number; readonly padding: number }): X;
  /** Without padding. */
  averagePool(x: X, options: { readonly kernel: number; readonly stride: number }): X;
  /** To size × size positions, whose windows overlap where the sizes do not divide, as PyTorch's `AdaptiveAvgPool2d` has them. */
  adaptiveAveragePool(x: X, size: number): X;
  /** Mean over positions: [n, h, w, c] → [n, 1, 1, c]. */
  spatialMean(x: X): X;
  /** The parameter-free shortcut (He et al. 2015, option A): every second position, channels padded with zeros on both sides. */
  subsampleAndPadChannels(x: X, channels: number): X;
  /** Marks a feature map that Grad-CAM can look at, under the module's name. Gives x back. */
  targetLayer(name: string, x: X): X;
  /** Global average pooling and a linear layer: [n, h, w, c] → [n, classes]. */
  classify(name: string, x: X, classes: number): X;
  /** [n, h, w, c] → [n, c·h·w], in PyTorch's order: channel by channel. */
  flatten(x: X): X;
  /** With a bias: [n, features] → [n, outputs]. */
  linear(name: string, x: X, outputs: number): X;
  /** The whole of a network that was read from a file: images → [n, classes]. */
  graph(graph: Graph, images: X): X;
}

/** `same` as TensorFlow has it: at a stride of 2 a position more at the bottom and the right than at the top and the left. */
export type PaddingMode = 'symmetric' | 'same' | 'none';

export interface ConvolutionOptions {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly bias?: boolean;
  readonly padding?: PaddingMode;
  /** Of channels that are convolved by themselves; 1 where absent. */
  readonly groups?: number;
}

export interface DepthwiseOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly bias?: boolean;
  readonly padding?: PaddingMode;
}

/** What a family of networks may have between its convolutions. */
export type Activation = 'relu' | 'relu6' | 'silu' | 'gelu' | 'hardSwish';

/** Positions that are left of a length by a kernel at a stride. */
export function convolvedLength(length: number, kernel: number, stride: number, padding: PaddingMode): number {
  if (padding === 'same') return Math.ceil(length / stride);
  const padded = padding === 'none' ? length : length + kernel - 1;
  return Math.floor((padded - kernel) / stride) + 1;
}

export type Build = <X>(layers: Layers<X>, images: X, classes: number) => X;
