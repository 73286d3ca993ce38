/** Normalisations, and the softmax. */
import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../architectures';
import { alongAxis } from './axes';
import type { Inputs, OperationContext } from './operation';
import { absolute, root } from './reduce';

export function batchNorm(norm: OperationOf<'batchNorm'>, inputs: Inputs, context: OperationContext): tf.Tensor {
  const [x, scale, shift] = inputs as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
  if (x.rank === 4) return context.batchNorm(x as tf.Tensor4D, scale, shift, norm);
  const maps = tf.reshape<tf.Rank.R4>(x, [-1, 1, 1, scale.size]);
  return tf.reshape(context.batchNorm(maps, scale, shift, norm), x.shape);
}

export function normalise({ axes, epsilon }: OperationOf<'normalise'>, [x]: Inputs): tf.Tensor {
  const centred = tf.sub(x as tf.Tensor, tf.mean(x as tf.Tensor, [...axes], true));
  const variance = tf.mean(tf.square(centred), [...axes], true);
  return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
}

/** Where the norm is smaller, PyTorch divides by this. */
const LEAST_NORM = 1e-12;

export function lpNormalise({ axis, p }: OperationOf<'lpNormalise'>, [x]: Inputs): tf.Tensor {
  const norm =
    p === 1 ? tf.sum(absolute(x as tf.Tensor), axis, true) : root(tf.sum(tf.square(x as tf.Tensor), axis, true));
  return tf.div(x as tf.Tensor, tf.add(tf.relu(tf.sub(norm, LEAST_NORM)), LEAST_NORM));
}

export function softmax({ axis }: OperationOf<'softmax'>, [x]: Inputs): tf.Tensor {
  return onLastAxis(x as tf.Tensor, axis, tf.softmax);
}

export function logSoftmax({ axis }: OperationOf<'logSoftmax'>, [x]: Inputs): tf.Tensor {
  return onLastAxis(x as tf.Tensor, axis, tf.logSoftmax);
}

function onLastAxis(x: tf.Tensor, axis: number, compute: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (axis === x.rank - 1) return compute(x);
  return alongAxis(x, axis, (view) => tf.transpose(compute(tf.transpose(view, [0, 2, 1])), [0, 2, 1]) as tf.Tensor3D);
}
