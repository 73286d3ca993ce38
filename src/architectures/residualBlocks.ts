/** The blocks of residual networks (He et al. 2015), by timm's and torchvision's names. */
import type { Layers } from './layers';

/** The size of a basic block: channels that come in, filters, and the stride of its first convolution. */
export interface BasicBlock {
  readonly channels: number;
  readonly filters: number;
  readonly stride: number;
}

/**
 * He et al. 2015: two 3×3 convolutions beside a shortcut. Where the shape changes, the shortcut is a 1×1 convolution with
 * batch norm (option B), or without parameters (option A).
 */
export function basicBlock<X>(
  layers: Layers<X>,
  name: string,
  x: X,
  { channels, filters, stride }: BasicBlock,
  option: 'A' | 'B' = 'B',
): X {
  let y = layers.conv2d(`${name}.conv1`, x, { filters, kernel: 3, stride });
  y = layers.relu(layers.batchNorm(`${name}.bn1`, y));
  y = layers.conv2d(`${name}.conv2`, y, { filters, kernel: 3 });
  y = layers.batchNorm(`${name}.bn2`, y);
  if (stride === 1 && channels === filters) return layers.relu(layers.add(y, x));
  if (option === 'A') return layers.relu(layers.add(y, layers.subsampleAndPadChannels(x, filters)));
  return layers.relu(layers.add(y, projection(layers, name, x, filters, stride)));
}

/** The size of a bottleneck: channels that come in, those of its 3×3 convolution and its groups, and channels that go out. */
export interface Bottleneck extends BasicBlock {
  readonly inner: number;
  readonly groups: number;
}

/** 1×1, 3×3 and 1×1 convolutions beside a shortcut, which is a projection where the shape changes. */
export function bottleneck<X>(
  layers: Layers<X>,
  name: string,
  x: X,
  { channels, inner, filters, stride, groups }: Bottleneck,
): X {
  let y = layers.conv2d(`${name}.conv1`, x, { filters: inner, kernel: 1 });
  y = layers.relu(layers.batchNorm(`${name}.bn1`, y));
  y = layers.conv2d(`${name}.conv2`, y, { filters: inner, kernel: 3, stride, groups });
  y = layers.relu(layers.batchNorm(`${name}.bn2`, y));
  y = layers.conv2d(`${name}.conv3`, y, { filters, kernel: 1 });
  y = layers.batchNorm(`${name}.bn3`, y);
  const shortcut = stride === 1 && channels === filters ? x : projection(layers, name, x, filters, stride);
  return layers.relu(layers.add(y, shortcut));
}

function projection<X>(layers: Layers<X>, name: string, x: X, filters: number, stride: number): X {
  const y = layers.conv2d(`${name}.downsample.0`, x, { filters, kernel: 1, stride });
  return layers.batchNorm(`${name}.downsample.1`, y);
}
