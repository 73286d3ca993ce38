/** Tensors that are copies, or runs, of another's values: these cost TensorFlow.js's backend far more than they need. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Heap } from './heap';
import { register, registered } from './register';

interface SplitAttributes {
  readonly numOrSizeSplits: number[] | number;
  readonly axis: number;
}

export function registerViews(heap: Heap, backend: BackendWasm): void {
  // Tensors never change, so that a copy may share its values. The stock kernels copy them.
  const share = (x: tf.TensorInfo): tf.TensorInfo => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  };
  register(tf.Identity, (inputs) => share((inputs as { x: tf.TensorInfo }).x));

  const stockCast = registered<{ dtype: tf.DataType }>(tf.Cast);
  register<{ dtype: tf.DataType }>(tf.Cast, (inputs, attributes) => {
    const { x } = inputs as { x: tf.TensorInfo };
    return x.dtype === attributes.dtype ? share(x) : stockCast(inputs, attributes);
  });

  // The stock kernel copies all of a vector once for each of its parts.
  const stockSplit = registered<SplitAttributes>(tf.SplitV);
  register<SplitAttributes>(tf.SplitV, (inputs, attributes) => {
    const { x } = inputs as { x: tf.TensorInfo };
    if (x.shape.length !== 1 || x.dtype === 'string') return stockSplit(inputs, attributes);
    const sizes = tf.backend_util.prepareSplitSize(x, attributes.numOrSizeSplits);
    let first = 0;
    return sizes.map((size) => {
      const part = heap.allocate([size], x.dtype);
      heap.copy(x, part, first);
      first += size;
      return part;
    });
  });
}
