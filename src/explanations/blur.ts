import type * as tf from '@tensorflow/tfjs-core';
import type { Operations } from './method';

/** The standard deviation in sides: at 32 pixels 5, where eleven pixels are weighed. */
const DEVIATION = 5 / 32;

/**
 * Blurred by a Gaussian that is cut off at its standard deviation, with the borders mirrored at the outermost pixels.
 * @param pixels [n, side, side, 3]
 */
export function blurred(tf: Operations, pixels: tf.Tensor4D): tf.Tensor4D {
  const [count, side] = pixels.shape;
  const weights = tf.tensor2d(blurWeights(side, Math.round(DEVIATION * side)), [side, side]);
  // Rows change places with images, or columns do, and back.
  const along = (x: tf.Tensor4D, order: number[]): tf.Tensor4D => {
    const lines = tf.transpose(x, order);
    const product = tf.matMul(weights, tf.reshape<tf.Rank.R2>(lines, [side, count * side * 3]));
    return tf.transpose<tf.Tensor4D>(tf.reshape(product, [...lines.shape]), order);
  };
  return along(along(pixels, [1, 0, 2, 3]), [2, 1, 0, 3]);
}

/** What each pixel of a line takes of each, [side, side]. @param deviation in pixels, less than the side */
export function blurWeights(side: number, deviation: number): Float32Array {
  const weights = new Float32Array(side * side);
  const offsets = Array.from({ length: 2 * deviation + 1 }, (_, i) => i - deviation);
  const sizes = offsets.map((offset) => Math.exp(-(offset ** 2) / (2 * deviation ** 2)));
  const sum = sizes.reduce((a, b) => a + b, 0);
  for (let to = 0; to < side; to++) {
    offsets.forEach((offset, i) => {
      const from = side - 1 - Math.abs(side - 1 - Math.abs(to + offset));
      const cell = to * side + from;
      weights[cell] = (weights[cell] as number) + (sizes[i] as number) / sum;
    });
  }
  return weights;
}
