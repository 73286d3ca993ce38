/** Our own kernels (`../kernelNames.ts`) in terms of TensorFlow's operations. */
import * as tf from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import { BATCH_NORM_TRAINING, BATCH_NORM_TRAINING_GRAD, RELU_GRAD, SILU, SILU_GRAD } from '../kernelNames';
import type { Addon } from './addon';

export const BACKEND_NAME = 'tensorflow';

interface KernelCall {
  readonly inputs: unknown;
  readonly backend: unknown;
  readonly attrs?: unknown;
}

/** @param addon gives the numbers by which TensorFlow knows its types */
export function registerOwnKernels(addon: Addon): void {
  const floats = { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT };

  // Version 2 of the operation and not 3: the third reserve tensor that version 3 adds is empty on the CPU, and
  // cuDNN can do without it.
  function batchNormAttributes({ epsilon }: { epsilon: number }) {
    return [
      floats,
      { name: 'U', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
      { name: 'epsilon', type: addon.TF_ATTR_FLOAT, value: epsilon },
      { name: 'data_format', type: addon.TF_ATTR_STRING, value: 'NHWC' },
      { name: 'is_training', type: addon.TF_ATTR_BOOL, value: true },
    ];
  }

  register(BATCH_NORM_TRAINING, ({ inputs, backend, attrs }) => {
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
    const none = tf.tensor1d([], 'float32');
    const outputs = (backend as NodeJSKernelBackend).executeMultipleOutputs(
      'FusedBatchNormV2',
      batchNormAttributes(attrs as { epsilon: number }),
      [x, gamma, beta, none, none],
      5,
    );
    none.dispose();
    return outputs;
  });

  register(BATCH_NORM_TRAINING_GRAD, ({ inputs, backend, attrs }) => {
    const { dy, x, gamma, reserve0, reserve1 } = inputs as Record<string, tf.Tensor> as Record<
      'dy' | 'x' | 'gamma' | 'reserve0' | 'reserve1',
      tf.Tensor
    >;
    const outputs = (backend as NodeJSKernelBackend).executeMultipleOutputs(
      'FusedBatchNormGradV2',
      batchNormAttributes(attrs as { epsilon: number }),
      [dy, x, gamma, reserve0, reserve1],
      5,
    );
    // The last two are empty: the gradients of statistics that were given, of which there are none in training.
    for (const empty of outputs.slice(3)) empty.dispose();
    return outputs.slice(0, 3);
  });

  register(SILU, ({ inputs, backend }) => {
    const engine = backend as NodeJSKernelBackend;
    const { x } = inputs as { x: tf.Tensor };
    const sigmoid = engine.executeSingleOutput('Sigmoid', [floats], [x]);
    const output = engine.executeSingleOutput('Mul', [floats], [x, sigmoid]);
    sigmoid.dispose();
    return output;
  });

  // dy·(s + x·s·(1 − s)), where SigmoidGrad(s, x) = x·s·(1 − s): four operations.
  register(SILU_GRAD, ({ inputs, backend }) => {
    const engine = backend as NodeJSKernelBackend;
    const { dy, x } = inputs as { dy: tf.Tensor; x: tf.Tensor };
    const sigmoid = engine.executeSingleOutput('Sigmoid', [floats], [x]);
    const bend = engine.executeSingleOutput('SigmoidGrad', [floats], [sigmoid, x]);
    const slope = engine.executeSingleOutput('AddV2', [floats], [sigmoid, bend]);
    const output = engine.executeSingleOutput('Mul', [floats], [dy, slope]);
    for (const tensor of [sigmoid, bend, slope]) tensor.dispose();
    return output;
  });

  register(RELU_GRAD, ({ inputs, backend }) => {
    const { dy, x } = inputs as { dy: tf.Tensor; x: tf.Tensor };
    return (backend as NodeJSKernelBackend).executeSingleOutput('ReluGrad', [floats], [dy, x]);
  });
}

function register(kernelName: string, kernelFunc: (call: KernelCall) => tf.Tensor | tf.Tensor[]): void {
  tf.registerKernel({ kernelName, backendName: BACKEND_NAME, kernelFunc: kernelFunc });
}
