import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf, Reduction } from '../../architectures';
import type { Inputs } from './operation';

type Reduce = (x: tf.Tensor, axes: number[], keepsAxes: boolean) => tf.Tensor;

export function reduce(operation: OperationOf<'reduce'>, [x]: Inputs): tf.Tensor {
  return FUNCTIONS[operation.function](x as tf.Tensor, [...operation.axes], operation.keepsAxes);
}

const FUNCTIONS: Record<Reduction, Reduce> = {
  mean: (x, axes, keepsAxes) => tf.mean(x, axes, keepsAxes),
  sum: (x, axes, keepsAxes) => tf.sum(x, axes, keepsAxes),
  maximum,
  minimum: (x, axes, keepsAxes) => tf.neg(maximum(tf.neg(x), axes, keepsAxes)),
  product: (x, axes, keepsAxes) => tf.prod(x, axes, keepsAxes),
  l1: (x, axes, keepsAxes) => tf.sum(absolute(x), axes, keepsAxes),
  l2: (x, axes, keepsAxes) => root(tf.sum(tf.square(x), axes, keepsAxes)),
  sumOfSquares: (x, axes, keepsAxes) => tf.sum(tf.square(x), axes, keepsAxes),
  logSumExp: (x, axes, keepsAxes) => tf.logSumExp(x, axes, keepsAxes),
};

/** All that are largest share the gradient, as in PyTorch's `amax`. */
function maximum(x: tf.Tensor, axes: number[], keepsAxes: boolean): tf.Tensor {
  const largest = tf.customGrad((input, save) => {
    const value = tf.max(input as tf.Tensor, axes, true);
    (save as tf.GradSaveFunc)([input as tf.Tensor, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [from, best] = saved as [tf.Tensor, tf.Tensor];
        const isLargest = tf.cast(tf.equal(from, best), 'float32');
        return tf.mul(isLargest, tf.div(dy, tf.sum(isLargest, axes, true)));
      },
    };
  });
  const y = largest(x);
  return keepsAxes ? y : tf.squeeze(y, axes);
}

/** With the slope 0 at 0, as PyTorch's norms have it. */
export const absolute = tf.customGrad((x, save) => {
  (save as tf.GradSaveFunc)([x as tf.Tensor]);
  return {
    value: tf.abs(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.sign(saved[0] as tf.Tensor)),
  };
});

export const root = tf.customGrad((x, save) => {
  const value = tf.sqrt(x as tf.Tensor);
  (save as tf.GradSaveFunc)([value]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.divNoNan(tf.scalar(0.5), saved[0] as tf.Tensor)),
  };
});
