/**
 * The gradient of ReLU in one pass over memory; TensorFlow.js's takes three. Gradients are registered for all backends
 * at once, so that the others keep TensorFlow.js's formula.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register } from './register';

/** inputs dy, x; output dy where x > 0, else 0. */
const RELU_GRAD = 'EpochLensReluGrad';

export function registerReluGradient(heap: Heap, kernels: Kernels): void {
  register(RELU_GRAD, (inputs) => {
    const { dy, x } = inputs as { dy: tf.TensorInfo; x: tf.TensorInfo };
    const dx = heap.allocate(x.shape);
    kernels.reluGradient(sizeOf(x), heap.addressOf(dy), heap.addressOf(x), heap.addressOf(dx));
    return dx;
  });

  tf.registerGradient({
    kernelName: tf.Relu,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => {
      const [x] = saved as [tf.Tensor];
      return { x: () => reluGradient(dy as tf.Tensor, x) };
    },
  });
}

function reluGradient(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  if (tf.getBackend() === 'wasm') return tf.engine().runKernel(RELU_GRAD, { dy, x });
  return tf.mul(dy, tf.step(x));
}
