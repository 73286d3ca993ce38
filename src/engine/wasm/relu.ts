import type * as tf from '@tensorflow/tfjs-core';
import { RELU_GRAD } from '../kernelNames';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register } from './register';

export function registerReluGradient(heap: Heap, kernels: Kernels): void {
  register(RELU_GRAD, (inputs) => {
    const { dy, x } = inputs as { dy: tf.TensorInfo; x: tf.TensorInfo };
    const dx = heap.allocate(x.shape);
    kernels.reluGradient(sizeOf(x), heap.addressOf(dy), heap.addressOf(x), heap.addressOf(dx));
    return dx;
  });
}
