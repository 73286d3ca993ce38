/**
 * Convolutions of every geometry, in terms of those that the engines have with their gradients: of one stride, undilated,
 * ungrouped, and padded beforehand. What an architecture of ours would have is the same operation as there.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf, Padding, Pair } from '../../architectures';
import { convolve, convolveDepthwise, convolveGroups, mixChannels } from '../../engine/operations';
import { alongAxis, repeat, spread } from './axes';
import { padMaps, subsampleMaps, withDilation } from './maps';
import type { Inputs } from './operation';

interface Geometry {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/** A convolution as the engines have it. */
interface Filtering {
  /** Padded by (kernel − 1)/2. */
  readonly symmetric: (x: tf.Tensor4D, filter: tf.Tensor4D, stride: number) => tf.Tensor4D;
  readonly unpadded: (x: tf.Tensor4D, filter: tf.Tensor4D, stride: number) => tf.Tensor4D;
}

const FULL: Filtering = {
  symmetric(x, filter, stride) {
    const [height, width, inputs, outputs] = filter.shape;
    if (height * width * stride === 1) return mixChannels(x, tf.reshape(filter, [inputs, outputs]));
    return convolve(x, filter, stride);
  },
  unpadded: (x, filter, stride) => convolve(x, filter, stride, 'none'),
};

const DEPTHWISE: Filtering = {
  symmetric: convolveDepthwise,
  unpadded: (x, filter, stride) => convolveDepthwise(x, filter, stride, 'none'),
};

export function convolution({ groups, ...geometry }: OperationOf<'convolution'>, inputs: Inputs): tf.Tensor {
  const [x, filter, bias] = inputs as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D?];
  return withBias(groups === 1 ? filtered(x, filter, geometry, FULL) : grouped(x, filter, groups, geometry), bias);
}

export function depthwiseConvolution(geometry: OperationOf<'depthwiseConvolution'>, inputs: Inputs): tf.Tensor {
  const [x, filter, bias] = inputs as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D?];
  return withBias(filtered(x, filter, geometry, DEPTHWISE), bias);
}

function withBias(y: tf.Tensor4D, bias: tf.Tensor1D | undefined): tf.Tensor {
  return bias === undefined ? y : tf.add(y, bias);
}

function filtered(x: tf.Tensor4D, filter: tf.Tensor4D, geometry: Geometry, filtering: Filtering): tf.Tensor4D {
  const [height, width] = filter.shape;
  const { strides, padding } = geometry;
  const [down, across] = strides;
  const dilations: Pair = [height === 1 ? 1 : geometry.dilations[0], width === 1 ? 1 : geometry.dilations[1]];
  const isDense = dilations[0] * dilations[1] === 1;
  // At stride 1 an engine pads each axis by its own kernel, else both by the height's.
  const isPlain = isDense && down === across && isSymmetric(padding, height, width) && (down === 1 || height === width);
  if (isPlain) return filtering.symmetric(x, filter, down);
  const padded = padMaps(x, padding);
  if (isDense && down === across) return filtering.unpadded(padded, filter, down);
  const all = withDilation(padded, dilations, [height, width], (maps) => filtering.unpadded(maps, filter, 1));
  return subsampleMaps(all, strides);
}

function isSymmetric({ top, bottom, left, right }: Padding, height: number, width: number): boolean {
  return (
    [top, bottom].every((side) => 2 * side === height - 1) && [left, right].every((side) => 2 * side === width - 1)
  );
}

/** Groups of one channel are depthwise, on channels that are repeated for each of their filters. */
function grouped(x: tf.Tensor4D, filter: tf.Tensor4D, groups: number, geometry: Geometry): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape;
  if (inputs > 1) {
    return filtered(x, filter, geometry, {
      symmetric: (maps, weights, stride) => convolveGroups(maps, weights, groups, stride),
      unpadded: (maps, weights, stride) => convolveGroups(maps, weights, groups, stride, 'none'),
    });
  }
  const [count, rows, columns, channels] = x.shape;
  const flat = tf.reshape<tf.Rank.R3>(x, [count * rows * columns * channels, 1, 1]);
  const repeated = tf.reshape<tf.Rank.R4>(repeat(flat, outputs / groups), [count, rows, columns, outputs]);
  return filtered(repeated, tf.reshape(filter, [height, width, outputs, 1]), geometry, DEPTHWISE);
}

/** As the input gradient of a convolution, which it is. */
export function transposedConvolution(operation: OperationOf<'transposedConvolution'>, inputs: Inputs): tf.Tensor {
  const { padding, outputPadding } = operation;
  const [x, filter, bias] = inputs as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D?];
  const whole = transposedInGroups(x, filter, operation);
  const y = padMaps(whole, {
    top: -padding.top,
    bottom: outputPadding[0] - padding.bottom,
    left: -padding.left,
    right: outputPadding[1] - padding.right,
  });
  return withBias(y, bias);
}

function transposedInGroups(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  operation: OperationOf<'transposedConvolution'>,
): tf.Tensor4D {
  const { groups } = operation;
  if (groups === 1) return unpaddedTransposed(x, filter, operation);
  const [maps, filters] = [x, filter].map((whole) => tf.split(whole, groups, 3)) as [tf.Tensor4D[], tf.Tensor4D[]];
  const parts = maps.map((part, index) => unpaddedTransposed(part, filters[index] as tf.Tensor4D, operation));
  return tf.concat(parts, 3);
}

function unpaddedTransposed(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, dilations }: OperationOf<'transposedConvolution'>,
): tf.Tensor4D {
  const isOneStride = strides[0] === strides[1];
  const maps = isOneStride ? x : spreadTwo(x, [1, 2], strides);
  const filters = spreadTwo(filter, [0, 1], dilations);
  const stride = isOneStride ? strides[0] : 1;
  const [count, rows, columns] = maps.shape;
  const [height, width, outputs] = filters.shape;
  const shape: [number, number, number, number] = [
    count,
    (rows - 1) * stride + height,
    (columns - 1) * stride + width,
    outputs,
  ];
  return tf.conv2dTranspose(maps, filters, shape, stride, 'valid');
}

function spreadTwo(x: tf.Tensor4D, axes: Pair, steps: Pair): tf.Tensor4D {
  return axes.reduce((y, axis, index) => {
    const step = steps[index] as number;
    return step === 1 ? y : alongAxis(y, axis, (view) => spread(view, step));
  }, x);
}
