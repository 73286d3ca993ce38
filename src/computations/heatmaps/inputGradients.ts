/** Maps from gradients by the image, of one class an image. */
import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { runProgram } from '../../engine/programs';
import { tidily } from '../../engine/tidily';
import type { InputMethod } from '../../explanations';
import type { InputTensors, PathTensors } from '../../explanations/method';
import { infer, predict, WEIGHTS, weightsOnly, type TensorWeights } from '../../models/forward';
import type { InputSettings } from '../../models/input';
import { inferenceBatchSize } from '../../models/memory/inference';
import { describeModel, type Model } from '../../models/model';
import type { OneClassBatch, OneClassMaps } from './oneClassBatch';

/**
 * The gradient of one class's logit each, by images.
 * @param images as the network takes them, [n, size, size, 3]
 * @param targets int32, [n]
 * @returns of the images' shape; the caller disposes it
 */
export function gradientByImages(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targets: tf.Tensor1D,
): tf.Tensor4D {
  const program = {
    name: `gradient by the image of ${describeModel(model)}`,
    lasting: WEIGHTS,
    batched: ['images', 'targets'] as const,
    patient: true,
    compute: (given: TensorWeights & { images: tf.Tensor4D; targets: tf.Tensor1D }) => {
      const chosen = tf.cast(tf.oneHot(given.targets, model.classes), 'float32');
      const ofChosen = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(infer(model, given, x as tf.Tensor4D), chosen));
      return { gradient: tf.grad(ofChosen)(given.images) as tf.Tensor4D };
    },
  };
  return runProgram(program, { ...weightsOnly(weights), images, targets }).gradient;
}

/**
 * A method's steps go through the network together, as many as make a batch: one image takes hardly more time than
 * its gradients in a batch.
 * @throws CancelledError
 */
export async function mapsByInputGradients(
  method: InputMethod,
  parameters: Readonly<Record<string, number | string>>,
  { model, weights, images, targets, input, rectified, signal }: OneClassBatch,
): Promise<OneClassMaps> {
  const count = images.shape[0];
  const given = pathTensors(method, parameters, inputTensors(images, input));
  const steps = method.steps(parameters);
  const atOnce = Math.max(1, Math.floor(inferenceBatchSize(model) / count));
  let sum: tf.Tensor4D = tf.zerosLike(images);
  try {
    for (let first = 0; first < steps; first += atOnce) {
      if (signal?.aborted === true) throw new CancelledError();
      const next = tf.tidy(() => {
        const length = Math.min(atOnce, steps - first);
        const points = Array.from({ length }, (_, i) => method.point(tf, given, first + i, parameters));
        const all = tf.concat(points.map((point) => point.images));
        const gradient = gradientByImages(model, weights, all, tf.tile(targets, [length]));
        const ofPoints = tf.tensor2d(
          points.map(({ weight }) => weight),
          [1, length],
        );
        const weighed = tf.matMul(ofPoints, tf.reshape<tf.Rank.R2>(gradient, [length, -1]));
        return tf.add<tf.Tensor4D>(sum, tf.reshape(weighed, images.shape));
      });
      sum.dispose();
      sum = next;
      await yieldToEvents();
    }
    const maps = tidily(() => {
      const map = method.map(tf, given, sum, parameters);
      return (rectified ? tf.relu(map) : map).dataSync() as Float32Array;
    });
    if (method.baseline === undefined) return { maps };
    return { maps, expectedSums: tidily(() => logitDifference(model, weights, images, given.baseline, targets)) };
  } finally {
    tf.dispose([sum, given.pixels, ...(method.baseline === undefined ? [] : [given.baseline])]);
  }
}

function pathTensors(
  method: InputMethod,
  parameters: Readonly<Record<string, number | string>>,
  input: InputTensors,
): PathTensors {
  return { ...input, baseline: tf.tidy(() => method.baseline?.(tf, input, parameters)) ?? input.images };
}

/** Of each image's class, between the image and its baseline, [n]. Call it in a tidy. */
function logitDifference(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  baseline: tf.Tensor4D,
  targets: tf.Tensor1D,
): Float32Array {
  const difference = tf.sub(predict(model, weights, images), predict(model, weights, baseline));
  const chosen = tf.cast(tf.oneHot(targets, model.classes), 'float32');
  return tf.sum(tf.mul(difference, chosen), 1).dataSync() as Float32Array;
}

/** The caller disposes the pixels. */
function inputTensors(images: tf.Tensor4D, { mean, std }: InputSettings): InputTensors {
  const normalise = (pixels: tf.Tensor4D): tf.Tensor4D =>
    tf.div<tf.Tensor4D>(tf.sub(pixels, tf.tensor1d([...mean])), tf.tensor1d([...std]));
  const pixels = tf.tidy(() => tf.add<tf.Tensor4D>(tf.mul(images, tf.tensor1d([...std])), tf.tensor1d([...mean])));
  return { images, pixels, normalise };
}
