/** SiLU, and the gradients of it and of ReLU. */
import type * as tf from '@tensorflow/tfjs-core';
import { SILU, SILU_GRAD, RELU_GRAD } from '../kernelNames';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register } from './register';

export function registerActivations(heap: Heap, kernels: Kernels): void {
  register(SILU, (inputs) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const y = heap.allocate(x.shape);
    kernels.silu(sizeOf(x), heap.addressOf(x), heap.addressOf(y));
    return y;
  });

  register(SILU_GRAD, (inputs) => {
    const { dy, x } = inputs as { dy: tf.TensorInfo; x: tf.TensorInfo };
    const dx = heap.allocate(x.shape);
    kernels.siluGradient(sizeOf(x), heap.addressOf(dy), heap.addressOf(x), heap.addressOf(dx));
    return dx;
  });

  register(RELU_GRAD, (inputs) => {
    const { dy, x } = inputs as { dy: tf.TensorInfo; x: tf.TensorInfo };
    const dx = heap.allocate(x.shape);
    kernels.reluGradient(sizeOf(x), heap.addressOf(dy), heap.addressOf(x), heap.addressOf(dx));
    return dx;
  });
}
