/** The gradient that an attack of a finished network follows: batch norm with its running statistics. */
import * as tf from '@tensorflow/tfjs-core';
import { runProgram } from '../engine/programs';
import type { PixelGradient } from './attack';
import { infer, WEIGHTS, weightsOnly, type TensorWeights } from './forward';
import { unitToInput, type InputSettings } from './input';
import { describeModel, type Model } from './model';

/**
 * Resizing and normalisation are differentiated through.
 * @param labels int32, [n], of the images that it will be asked of
 */
export function inferencePixelGradient(
  model: Model,
  weights: TensorWeights,
  input: InputSettings,
  labels: tf.Tensor1D,
): PixelGradient {
  const program = {
    name: `gradient by pixels of ${describeModel(model)} at ${JSON.stringify(input)}`,
    lasting: WEIGHTS,
    batched: ['pixels', 'labels'] as const,
    compute: (given: TensorWeights & { pixels: tf.Tensor4D; labels: tf.Tensor1D }) => {
      const targets = tf.oneHot(given.labels, model.classes);
      const lossOf = (pixels: tf.Tensor): tf.Scalar =>
        crossEntropySum(infer(model, given, unitToInput(pixels as tf.Tensor4D, input)), targets);
      return { gradient: tf.grad(lossOf)(given.pixels) as tf.Tensor4D };
    },
  };
  return (pixels) => runProgram(program, { ...weightsOnly(weights), pixels, labels }).gradient;
}

/** Each image's own, so that what an image's gradient is does not depend on how many are beside it. */
function crossEntropySum(logits: tf.Tensor2D, targets: tf.Tensor): tf.Scalar {
  return tf.neg(tf.sum<tf.Scalar>(tf.mul(tf.logSoftmax(logits), targets)));
}
