/**
 * Filter gradients of depthwise convolutions for which oneDNN has no kernel. It takes one for groups in their place that
 * pads each channel to 16×16: of a training step of EfficientNet-B0 they took a third at 32×32, and an eighth at 96×96.
 *
 * Over maps of a few positions, which end EfficientNet at small inputs, each position of the filter is a sum of products
 * here, for those that meet the map at all. Over larger maps filters of 5×5 are two of 5×3, for which there is a kernel.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME } from './kernels';

/** A map's, up to which sums of products are faster. */
const LARGEST_SIDE = 2;

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
      const [stride, across = stride] = [strides].flat() as [number, number?];
      if (rows !== columns || stride !== across || multiplier !== 1) return stock.kernelFunc(call);
      const isPadded = pad === 'same' && stride === 1;
      if (isPadded && Math.max(height, width) <= LARGEST_SIDE) {
        return tf.tidy(() => tf.reshape(filterGradient(x, dy, rows), [rows, columns, channels, 1]));
      }
      if (rows !== 5 || !(isPadded || pad === 'valid')) return stock.kernelFunc(call);
      const ofThreeColumns = (part: tf.Tensor4D): tf.Tensor4D => {
        const attrs = { ...call.attrs, pad: 'valid', filterShape: [rows, 3, channels, 1] };
        // TensorFlow.js's native kernels give tensors, and not only what describes them.
        return stock.kernelFunc({ ...call, inputs: { x: part, dy }, attrs }) as tf.Tensor4D;
      };
      return tf.tidy(() => gradientInParts(isPadded ? padByTwo(x) : x, dy, stride, ofThreeColumns));
    },
  });
}

function padByTwo(x: tf.Tensor4D): tf.Tensor4D {
  return tf.pad(x, [
    [0, 0],
    [2, 2],
    [2, 2],
    [0, 0],
  ]);
}

/**
 * Columns 0 to 2 of a filter of 5×5, and columns 2 to 4.
 *
 * @param x padded
 * @param ofThreeColumns the gradient of a filter of 5×3 over a part of x
 * @returns [5, 5, c, 1]
 */
function gradientInParts(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  stride: number,
  ofThreeColumns: (part: tf.Tensor4D) => tf.Tensor4D,
): tf.Tensor4D {
  const [count, height, , channels] = x.shape;
  const width = stride * (dy.shape[2] - 1) + 3;
  const from = (column: number): tf.Tensor4D =>
    ofThreeColumns(tf.slice(x, [0, 0, column, 0], [count, height, width, channels]));
  return tf.concat([from(0), tf.slice(from(2), [0, 1, 0, 0])], 1);
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
