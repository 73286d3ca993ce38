/** Putting a kernel of ours in the place of TensorFlow.js's, or where it has none. */
import * as tf from '@tensorflow/tfjs-core';

const BACKEND = 'wasm';

type Inputs = Record<string, tf.TensorInfo>;

/** What a kernel computes; `inputs` under the names its operation gives them. */
export type Compute<Attributes> = (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | tf.TensorInfo[];

export function register<Attributes>(kernelName: string, compute: Compute<Attributes>): void {
  const known = tf.getKernelsForBackend(BACKEND).some((kernel) => kernel.kernelName === kernelName);
  if (known) tf.unregisterKernel(kernelName, BACKEND);
  tf.registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => compute(inputs as Inputs, attrs as unknown as Attributes),
  });
}

/** The kernel that is registered now, to be called for the cases that ours leaves to it. */
export function registered<Attributes>(kernelName: string): Compute<Attributes> {
  const kernel = tf.getKernel(kernelName, BACKEND);
  return (inputs, attributes) =>
    kernel.kernelFunc({ inputs, attrs: attributes as unknown as tf.NamedAttrMap, backend: tf.backend() });
}
