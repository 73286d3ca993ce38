/** The gradients of pooling. */
import * as tf from '@tensorflow/tfjs-core';
import { withGeometry, type ConvolutionGeometry } from './geometry';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register, registered } from './register';

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

interface PoolInputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}

export function registerPooling(heap: Heap, kernels: Kernels): void {
  // The stock kernel is wrong for windows below 3×3 (TensorFlow.js 4.22).
  register<PoolAttributes>(tf.MaxPoolGrad, (inputs, attributes) => {
    const { dy, input } = inputs as unknown as PoolInputs;
    const { info, geometry } = poolGeometry(input, attributes);
    if (info.strideHeight !== info.strideWidth) throw new Error('Max-pooling on the embedded engine takes one stride.');
    const dx = zeros(heap, input.shape);
    const addresses = [heap.addressOf(input), heap.addressOf(dy), heap.addressOf(dx)] as const;
    kernels.maxPoolGradient(...addresses, info.batchSize, ...geometry);
    return dx;
  });

  const stock = registered<PoolAttributes>(tf.AvgPoolGrad);
  register<PoolAttributes>(tf.AvgPoolGrad, (inputs, attributes) => {
    const { dy, input } = inputs as unknown as PoolInputs;
    const { info, geometry } = poolGeometry(input, attributes);
    // The average over single positions is how a shortcut is subsampled.
    const single = info.filterHeight * info.filterWidth === 1 && info.strideHeight === info.strideWidth;
    if (!single) return stock(inputs, attributes);
    const dx = zeros(heap, input.shape);
    const positions = info.batchSize * info.outHeight * info.outWidth;
    kernels.scatterPatches(heap.addressOf(dy), heap.addressOf(dx), 0, positions, ...geometry);
    return dx;
  });
}

function poolGeometry(
  { shape }: tf.TensorInfo,
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): ConvolutionGeometry {
  const inputShape = shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(inputShape, filterSize, strides, 1, pad, dimRoundingMode);
  return withGeometry(info);
}

function zeros(heap: Heap, shape: readonly number[]): tf.TensorInfo {
  const result = heap.allocate(shape);
  heap.clear(heap.addressOf(result), sizeOf(result));
  return result;
}
