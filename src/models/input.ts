/** From pixels to what a model takes. */
import * as tf from '@tensorflow/tfjs-core';
import { normalised, type InputSettings } from './normalise';

export type { InputSettings, Rgb } from './normalise';

/**
 * The model's input for a batch: values divided by 255, resized, minus the mean, over the standard deviation.
 *
 * Resizing is bilinear with half-pixel centres, which is what PyTorch's `interpolate(align_corners=False)` and OpenCV
 * do, and without antialiasing, as there. What needs no resizing never leaves JavaScript before it is done: that takes
 * a fifth of the time, and gives the same bits.
 *
 * @param pixels RGB, 0 … 255, [count, height, width, 3]; where they are normalised already, of the input's size
 * @returns [count, inputSize, inputSize, 3], float32; the caller disposes it
 */
export function toInput(
  pixels: Uint8Array | Float32Array,
  count: number,
  height: number,
  width: number,
  input: InputSettings,
  isNormalised = false,
): tf.Tensor4D {
  const { inputSize, mean, std } = input;
  if (isNormalised) return tf.tensor4d(pixels as Float32Array, [count, height, width, 3], 'float32');
  if (height === inputSize && width === inputSize) {
    return tf.tensor4d(normalised(pixels, input), [count, height, width, 3], 'float32');
  }
  return tf.tidy(() => {
    const values = tf.tensor4d(new Float32Array(pixels), [count, height, width, 3], 'float32');
    const unit = tf.div<tf.Tensor4D>(values, 255);
    const resized = tf.image.resizeBilinear(unit, [inputSize, inputSize], false, true);
    return tf.div<tf.Tensor4D>(tf.sub(resized, tf.tensor1d([...mean])), tf.tensor1d([...std]));
  });
}

/**
 * {@link toInput} of pixels that are in the engine already, as a function that has a gradient: two products with matrices
 * resize as `resizeBilinear` does, whose own gradient knows no half-pixel centres. Call it in a tidy.
 * @param pixels RGB, 0 … 1, [count, height, width, 3]
 */
export function unitToInput(pixels: tf.Tensor4D, { inputSize, mean, std }: InputSettings): tf.Tensor4D {
  const [, height, width] = pixels.shape;
  const resized = height === inputSize && width === inputSize ? pixels : resize(pixels, inputSize);
  return tf.div<tf.Tensor4D>(tf.sub(resized, tf.tensor1d([...mean])), tf.tensor1d([...std]));
}

function resize(pixels: tf.Tensor4D, size: number): tf.Tensor4D {
  const [count, height, width] = pixels.shape;
  const rows = tf.reshape(tf.transpose(pixels, [1, 0, 2, 3]), [height, count * width * 3]);
  const ofHeight = tf.reshape(tf.matMul(bilinear(height, size), rows), [size, count, width, 3]);
  const columns = tf.reshape(tf.transpose(ofHeight, [2, 1, 0, 3]), [width, count * size * 3]);
  const ofBoth = tf.reshape<tf.Rank.R4>(tf.matMul(bilinear(width, size), columns), [size, count, size, 3]);
  return tf.transpose(ofBoth, [1, 2, 0, 3]);
}

/** What each place of a resized side takes of each place before, half-pixel centres, [to, from]. */
function bilinear(from: number, to: number): tf.Tensor2D {
  const shares = new Float32Array(to * from);
  for (let place = 0; place < to; place++) {
    const at = Math.max(0, ((place + 0.5) * from) / to - 0.5);
    const before = Math.min(Math.floor(at), from - 1);
    const after = Math.min(before + 1, from - 1);
    const share = at - Math.floor(at);
    shares[place * from + before] = (shares[place * from + before] as number) + 1 - share;
    shares[place * from + after] = (shares[place * from + after] as number) + share;
  }
  return tf.tensor2d(shares, [to, from]);
}
