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
  prelu: (x, slopes) => tf.where(tf.greater(x, 0), x, tf.mul(x, slopes)),
};

/** Where both are equal each has half of the gradient, as in PyTorch. */
function extreme(choose: OfTwo, wins: OfTwo): OfTwo {
  const ofOneShape = tf.customGrad((a, b, save) => {
    const [first, second, keep] = [a as tf.Tensor, b as tf.Tensor, save as tf.GradSaveFunc];
    keep([first, second]);
    return {
      value: choose(first, second),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, y] = saved as [tf.Tensor, tf.Tensor];
        const half = tf.mul(tf.cast(tf.equal(x, y), 'float32'), 0.5);
        const share = tf.add(tf.cast(wins(x, y), 'float32'), half);
        return [tf.mul(dy, share), tf.mul(dy, tf.sub(1, share))];
      },
    };
  });
  return (a, b) => {
    const shape = broadcastShape(a.shape, b.shape);
    return ofOneShape(expand(a, shape), expand(b, shape));
  };
}
