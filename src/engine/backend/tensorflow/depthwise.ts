/**
 * The filter gradient of depthwise convolutions over maps of a few positions, which end EfficientNet at small inputs.
 * oneDNN has no kernel for these and takes one for groups that pads each channel to 16×16: of a training step of
 * EfficientNet-B0 at 32×32 they took a third. Here each position of the filter is a sum of products, for those that
 * meet the map at all.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME } from './kernels';

/** By the filter's side, the map's up to which that is faster, by a half and more. */
const LARGEST_SIDES: Readonly<Record<number, number>> = { 3: 2, 5: 4 };

interface Attributes {
  readonly strides: number | readonly [number, number];
  readonly pad: unknown;
  readonly filterShape: readonly [number, number, number, number];
}

/** To be called once TensorFlow.js's kernels are registered. */
export function registerDepthwiseFilterGradient(): void {
  const stock = tf.getKernel(tf.DepthwiseConv2dNativeBackpropFilter, BACKEND_NAME);
  tf.unregisterKernel(stock.kernelName, BACKEND_NAME);
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { x, dy } = call.inputs as Record<'x' | 'dy', tf.Tensor4D>;
      const { strides, pad, filterShape } = call.attrs as unknown as Attributes;
      const [, height, width, channels] = x.shape;
      const [rows, columns, , multiplier] = filterShape;
      const isSmall = rows === columns && Math.max(height, width) <= (LARGEST_SIDES[rows] ?? 0);
      const isPlain = pad === 'same' && [strides].flat().every((stride) => stride === 1) && multiplier === 1;
      if (!isSmall || !isPlain) return stock.kernelFunc(call);
      return tf.tidy(() => tf.reshape(filterGradient(x, dy, rows), [rows, columns, channels, 1]));
    },
  });
}

/** @returns [kernel, kernel, c], of a convolution at stride 1 that keeps the map's size. */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number): tf.Tensor3D {
  const [count, height, width, channels] = x.shape;
  const padding = (kernel - 1) / 2;
  /** By how much the map can be shifted and still overlap itself. */
  const [down, right] = [Math.min(padding, height - 1), Math.min(padding, width - 1)];
  const sums: tf.Tensor1D[] = [];
  for (let row = -down; row <= down; row++) {
    for (let column = -right; column <= right; column++) {
      const size: [number, number, number, number] = [
        count,
        height - Math.abs(row),
        width - Math.abs(column),
        channels,
      ];
      const input = tf.slice(x, [0, Math.max(0, row), Math.max(0, column), 0], size);
      const gradient = tf.slice(dy, [0, Math.max(0, -row), Math.max(0, -column), 0], size);
      sums.push(tf.sum(tf.mul(input, gradient), [0, 1, 2]));
    }
  }
  const met = tf.reshape<tf.Rank.R3>(tf.stack(sums), [2 * down + 1, 2 * right + 1, channels]);
  return tf.pad(met, [
    [padding - down, padding - down],
    [padding - right, padding - right],
    [0, 0],
  ]);
}
