/** The gradients of the kernels in `kernelNames.ts`, the same for every engine. Imported for its effect. */
import * as tf from '@tensorflow/tfjs-core';
// TensorFlow.js's own gradients, which the core package leaves to whoever wants them. In the bundle this name stands
// for `tfjsUnion.ts`.
import '@tensorflow/tfjs';
import { BATCH_NORM_TRAINING, BATCH_NORM_TRAINING_GRAD, RELU_GRAD, SILU, SILU_GRAD } from './kernelNames';

tf.registerGradient({
  kernelName: BATCH_NORM_TRAINING,
  inputsToSave: ['x', 'gamma'],
  // Output 0 is not needed again; mean and variance carry no gradient; 3 and 4 are the engine's reserve.
  outputsToSave: [false, false, false, true, true],
  gradFunc: (dys, saved, attributes) => {
    const [dy] = dys as [tf.Tensor];
    const [x, gamma, reserve0, reserve1] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const { epsilon } = attributes as { epsilon: number };
    // Computed here and not in the functions below: each of those runs in a tidy of its own, and the first would
    // dispose what the others return.
    const [dx, dgamma, dbeta] = tf
      .engine()
      .runKernel<[tf.Tensor, tf.Tensor, tf.Tensor]>(
        BATCH_NORM_TRAINING_GRAD,
        { dy, x, gamma, reserve0, reserve1 },
        { epsilon },
      );
    return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
  },
});

tf.registerGradient({
  kernelName: SILU,
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => {
    const [x] = saved as [tf.Tensor];
    return { x: () => tf.engine().runKernel<tf.Tensor>(SILU_GRAD, { dy: dy as tf.Tensor, x }) };
  },
});

tf.registerGradient({
  kernelName: tf.Relu,
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => {
    const [x] = saved as [tf.Tensor];
    return { x: () => reluGradient(dy as tf.Tensor, x) };
  },
});

/** Gradients are registered for all backends at once: those without the kernel keep TensorFlow.js's formula. */
function reluGradient(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const kernel = tf.getKernel(RELU_GRAD, tf.getBackend()) as tf.KernelConfig | undefined;
  if (kernel === undefined) return tf.mul(dy, tf.step(x));
  return tf.engine().runKernel(RELU_GRAD, { dy, x });
}
