/** What a graph needs of TensorFlow.js's native backend, some of which its types call private. */
import type * as tf from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import type { TensorMetadata, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

export interface NativeBackend {
  /** The addon, to which everything goes that is computed. */
  binding: TFJSBinding;
  /** The addon's numbers of tensors. Values that are still JavaScript's go to TensorFlow first. */
  getInputTensorIds(tensors: tf.Tensor[]): number[];
  /** A tensor for one of the addon's. */
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  /** Takes the values of a new tensor. */
  write(values: tf.backend_util.BackendValues, shape: number[], type: tf.DataType): object;
  /** TensorFlow's number of a type. */
  getDTypeInteger(type: tf.DataType): number;
}

export function nativeBackend(backend: NodeJSKernelBackend): NativeBackend {
  return backend as unknown as NativeBackend;
}
