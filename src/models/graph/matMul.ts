import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../architectures';
import { broadcastShape, expand, product } from './axes';
import type { Inputs } from './operation';

/** As one product of matrices where b is a single one, else as a batch: TensorFlow.js's gradient broadcasts nothing. */
export function matMul({ transposeA, transposeB }: OperationOf<'matMul'>, [a, b]: Inputs): tf.Tensor {
  const [left, right] = [atLeastTwo(a as tf.Tensor, 0), atLeastTwo(b as tf.Tensor, 1)];
  const y = multiply(left, right, transposeA, transposeB);
  const shape = y.shape.slice(0, -2);
  const [rows, columns] = y.shape.slice(-2) as [number, number];
  if (a?.rank !== 1 && b?.rank !== 1) return y;
  return tf.reshape(y, [...shape, ...(a?.rank === 1 ? [] : [rows]), ...(b?.rank === 1 ? [] : [columns])]);
}

/** A vector is a row on the left and a column on the right. */
function atLeastTwo(x: tf.Tensor, axis: 0 | 1): tf.Tensor {
  return x.rank === 1 ? tf.reshape(x, axis === 0 ? [1, x.size] : [x.size, 1]) : x;
}

function multiply(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  if (a.rank === 2 && b.rank === 2) return tf.matMul(a, b, transposeA, transposeB);
  if (b.rank === 2 && !transposeA) {
    const depth = a.shape.at(-1) as number;
    const y = tf.matMul(tf.reshape(a, [product(a.shape) / depth, depth]), b, false, transposeB);
    return tf.reshape(y, [...a.shape.slice(0, -1), y.shape[1] as number]);
  }
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [left, right] = [a, b].map((x) => {
    const matrix = x.shape.slice(-2) as [number, number];
    return tf.reshape(expand(x, [...batch, ...matrix]), [product(batch), ...matrix]);
  }) as [tf.Tensor3D, tf.Tensor3D];
  const y = tf.matMul(left, right, transposeA, transposeB);
  return tf.reshape(y, [...batch, ...y.shape.slice(-2)]);
}
