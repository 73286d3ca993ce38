import type { Graph } from './graph/graph';

/**
 * The vocabulary that architectures are written in. An architecture is a function of these layers and never knows who
 * interprets them: `declare.ts` walks it with shapes alone to list parameters, the engine runs it with tensors.
 *
 * `X` stands for a batch of feature maps, NHWC. Convolutions and linear layers have PyTorch's semantics; names are the
 * modules' names in the PyTorch state dict, in its order.
 */
export interface Layers<X> {
  /** Zero-padded by (kernel − 1)/2; without a bias unless asked. */
  conv2d(name: string, x: X, options: ConvolutionOptions): X;
  /** A filter a channel, zero-padded by (kernel − 1)/2, without a bias. */
  depthwiseConv2d(name: string, x: X, options: { readonly kernel: number; readonly stride: number }): X;
  /** ε = 1e-5, momentum 0.1 in PyTorch's sense. */
  batchNorm(name: string, x: X): X;
  relu(x: X): X;
  silu(x: X): X;
  sigmoid(x: X): X;
  add(a: X, b: X): X;
  /** Each channel of x multiplied by its factor; factors are [n, 1, 1, c]. */
  scaleChannels(x: X, factors: X): X;
  /** x must not be negative: the padding is zero. */
  maxPool(x: X, options: { readonly kernel: number; readonly stride: number; readonly padding: number }): X;
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

export interface ConvolutionOptions {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly bias?: boolean;
}

export type Build = <X>(layers: Layers<X>, images: X, classes: number) => X;
