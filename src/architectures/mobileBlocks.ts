/**
 * The blocks of MobileNetV2 and V3 and of EfficientNet, by timm's names: a depthwise convolution between 1×1 ones, perhaps with
 * squeeze-and-excitation.
 */
import type { Activation, Layers, PaddingMode } from './layers';

/** What all blocks of a network have alike. */
export interface BlockStyle {
  /** Of batch norms. */
  readonly epsilon: number;
  readonly padding: PaddingMode;
  /** Of the expansion in squeeze-and-excitation. */
  readonly gate: 'sigmoid' | 'hardSigmoid';
  /** Between the two convolutions of squeeze-and-excitation. */
  readonly squeezeActivation: Activation;
}

export interface MobileBlock {
  /** Channels that come in. */
  readonly channels: number;
  /** Of the depthwise convolution. */
  readonly expanded: number;
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly activation: Activation;
  /** Channels between the convolutions of squeeze-and-excitation; 0 without one. */
  readonly squeezed: number;
}

/** A block without an expansion of its own if `expanded` are the channels that come in and the stage begins the network. */
export function depthwiseSeparable<X>(
  layers: Layers<X>,
  name: string,
  input: X,
  block: MobileBlock,
  style: BlockStyle,
): X {
  const { channels, filters, stride, activation, squeezed } = block;
  const { epsilon, padding } = style;
  let x = layers.depthwiseConv2d(`${name}.conv_dw`, input, { ...block, padding });
  x = layers[activation](layers.batchNorm(`${name}.bn1`, x, epsilon));
  if (squeezed > 0) x = squeezeExcite(layers, `${name}.se`, x, channels, squeezed, style);
  x = layers.conv2d(`${name}.conv_pw`, x, { filters, kernel: 1 });
  x = layers.batchNorm(`${name}.bn2`, x, epsilon);
  return stride === 1 && channels === filters ? layers.add(x, input) : x;
}

/** Expand, depthwise, squeeze-and-excitation, project; a residual where the shape stays. */
export function invertedResidual<X>(
  layers: Layers<X>,
  name: string,
  input: X,
  block: MobileBlock,
  style: BlockStyle,
): X {
  const { channels, expanded, filters, stride, activation, squeezed } = block;
  const { epsilon, padding } = style;
  let x = layers.conv2d(`${name}.conv_pw`, input, { filters: expanded, kernel: 1 });
  x = layers[activation](layers.batchNorm(`${name}.bn1`, x, epsilon));
  x = layers.depthwiseConv2d(`${name}.conv_dw`, x, { ...block, padding });
  x = layers[activation](layers.batchNorm(`${name}.bn2`, x, epsilon));
  if (squeezed > 0) x = squeezeExcite(layers, `${name}.se`, x, expanded, squeezed, style);
  x = layers.conv2d(`${name}.conv_pwl`, x, { filters, kernel: 1 });
  x = layers.batchNorm(`${name}.bn3`, x, epsilon);
  return stride === 1 && channels === filters ? layers.add(x, input) : x;
}

function squeezeExcite<X>(
  layers: Layers<X>,
  name: string,
  x: X,
  channels: number,
  squeezed: number,
  { gate, squeezeActivation }: BlockStyle,
): X {
  let s = layers.spatialMean(x);
  s = layers.conv2d(`${name}.conv_reduce`, s, { filters: squeezed, kernel: 1, bias: true });
  s = layers.conv2d(`${name}.conv_expand`, layers[squeezeActivation](s), { filters: channels, kernel: 1, bias: true });
  return layers.scaleChannels(x, layers[gate](s));
}

/** Howard et al.: to a multiple of 8, and never less than nine tenths. */
export function roundedChannels(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
