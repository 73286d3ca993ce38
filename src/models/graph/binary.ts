import * as tf from '@tensorflow/tfjs-core';
import type { BinaryFunction, OperationOf } from '../../architectures';
import { broadcastShape, expand } from './axes';
import type { Inputs } from './operation';

type OfTwo = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

export function binary({ function: applied }: OperationOf<'binary'>, [a, b]: Inputs): tf.Tensor {
  return FUNCTIONS[applied](a as tf.Tensor, b as tf.Tensor);
}

const FUNCTIONS: Record<BinaryFunction, OfTwo> = {
  add: tf.add,
  subtract: tf.sub,
  multiply: tf.mul,
  divide: tf.div,
  power: tf.pow,
  maximum: extreme(tf.maximum, tf.greater),
  minimum: extreme(tf.minimum, tf.less),
  modulo: (a, b) => tf.sub(a, tf.mul(tf.floor(tf.div(a, b)), b)),
  prelu: ofOneShape(prelu, preluGradients),
};

/** Where both are equal each has half of the gradient, as in PyTorch. */
function extreme(choose: OfTwo, wins: OfTwo): OfTwo {
  return ofOneShape(choose, (dy, x, y) => {
    const half = tf.mul(tf.cast(tf.equal(x, y), 'float32'), 0.5);
    const share = tf.add(tf.cast(wins(x, y), 'float32'), half);
    return [tf.mul(dy, share), tf.mul(dy, tf.sub(1, share))];
  });
}

/** x where it is positive, else x times its slope, which is the derivative at 0 too. */
function prelu(x: tf.Tensor, slope: tf.Tensor): tf.Tensor {
  return tf.where(tf.greater(x, 0), x, tf.mul(x, slope));
}

function preluGradients(dy: tf.Tensor, x: tf.Tensor, slope: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const isAbove = tf.greater(x, 0);
  return [tf.where(isAbove, dy, tf.mul(dy, slope)), tf.where(isAbove, tf.zerosLike(dy), tf.mul(dy, x))];
}

/** A function with its gradients, which it needs to know for tensors of one shape only. */
function ofOneShape(
  value: OfTwo,
  gradients: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => [tf.Tensor, tf.Tensor],
): OfTwo {
  const differentiable = tf.customGrad((a, b, save) => {
    const [first, second, keep] = [a as tf.Tensor, b as tf.Tensor, save as tf.GradSaveFunc];
    keep([first, second]);
    return {
      value: value(first, second),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradients(dy, saved[0] as tf.Tensor, saved[1] as tf.Tensor),
    };
  });
  return (a, b) => {
    const shape = broadcastShape(a.shape, b.shape);
    return differentiable(expand(a, shape), expand(b, shape));
  };
}
