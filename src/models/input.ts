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
