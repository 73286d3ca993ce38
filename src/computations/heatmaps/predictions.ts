/** Maps from predictions alone, of one class an image: each image is altered many times, and predicted again. */
import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../common/errors';
import { softmax } from '../../common/scores';
import { yieldToEvents } from '../../common/yieldToEvents';
import { tidily } from '../../engine/tidily';
import type { PredictionMethod, Probe } from '../../explanations';
import { predict } from '../../models/forward';
import { toInput } from '../../models/input';
import { inferenceBatchSize } from '../../models/memory/inference';
import type { OneClassBatch, OneClassMaps } from './oneClassBatch';

/**
 * @param logits of the images as they are, [n, classes]
 * @throws CancelledError
 */
export async function mapsByPredictions(
  method: PredictionMethod,
  parameters: Readonly<Record<string, number | string>>,
  batch: OneClassBatch,
  logits: Float32Array,
): Promise<OneClassMaps> {
  const { model, images, targets, input, rectified } = batch;
  const size = input.inputSize;
  const length = size * size * 3;
  const [classes, pixels] = tidily(() => [
    targets.dataSync(),
    tf.mul(tf.add(tf.mul(images, tf.tensor1d([...input.std])), tf.tensor1d([...input.mean])), 255).dataSync(),
  ]) as [Int32Array, Float32Array];
  const maps = new Float32Array(images.shape[0] * size * size);
  for (const [image, target] of classes.entries()) {
    const ofImage = softmax(logits.subarray(image * model.classes, (image + 1) * model.classes));
    const probe: Probe = {
      height: size,
      width: size,
      pixels: pixels.subarray(image * length, (image + 1) * length),
      probability: ofImage[target] as number,
      probabilities: (count, draw) => probabilitiesOf(batch, probe.pixels, target, count, draw),
    };
    const map = await method.map(probe, parameters);
    maps.set(rectified ? map.map((value) => Math.max(0, value)) : map, image * size * size);
  }
  return { maps };
}

async function probabilitiesOf(
  { model, weights, input, signal }: OneClassBatch,
  pixels: Float32Array,
  target: number,
  count: number,
  draw: (index: number, image: Float32Array) => void,
): Promise<Float32Array> {
  const found = new Float32Array(count);
  const batchSize = inferenceBatchSize(model);
  const size = input.inputSize;
  for (let first = 0; first < count; first += batchSize) {
    if (signal?.aborted === true) throw new CancelledError();
    const length = Math.min(batchSize, count - first);
    const altered = new Float32Array(length * pixels.length);
    for (let i = 0; i < length; i++) {
      const image = altered.subarray(i * pixels.length, (i + 1) * pixels.length);
      image.set(pixels);
      draw(first + i, image);
    }
    const logits = tidily(() => predict(model, weights, toInput(altered, length, size, size, input)).dataSync());
    for (let i = 0; i < length; i++)
      found[first + i] = softmax(logits.subarray(i * model.classes, (i + 1) * model.classes))[target] as number;
    await yieldToEvents();
  }
  return found;
}
