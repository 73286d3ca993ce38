import { createClassIndices, noClassOf, type ClassIndices } from '../common/classIndices';
import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../common/errors';
import { indexOfLargest } from '../common/scores';
import { tidily } from '../engine/tidily';
import { prefetch } from '../common/prefetch';
import { BATCHES_AHEAD, batchesInOrder, readImages, type ImageSource } from '../datasets';
import { toInput, type InputSettings } from './input';
import { inferenceBatchSize } from './memory/inference';
import { requireFinite } from './finite';
import { predict, type TensorWeights } from './forward';
import type { Model } from './model';
import { yieldToEvents } from '../common/yieldToEvents';
import { crossEntropy } from './scores';

export interface Evaluation {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Per cent. */
  readonly accuracy: number;
  readonly correct: number;
  readonly of: number;
  /** The predicted class of each image, [of]; `noClassOf` them where the logits are not finite numbers. */
  readonly predictions: ClassIndices;
}

/** @throws WorkError where the network gives no finite numbers for an image */
export function requirePredictions({ predictions }: Evaluation): void {
  const image = predictions.indexOf(noClassOf(predictions));
  if (image !== -1) requireFinite(`image ${image}`, [NaN]);
}

export interface Watcher {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
  readonly heartbeat?: (() => Promise<void>) | undefined;
}

/** The model over a whole set, in inference mode and in the set's order. @throws CancelledError */
export async function evaluate(
  model: Model,
  weights: TensorWeights,
  set: ImageSource,
  input: InputSettings,
  { signal, progress, heartbeat }: Watcher = {},
): Promise<Evaluation> {
  const predictions = createClassIndices(model.classes, set.count);
  const batchSize = inferenceBatchSize(model);
  let lossSum = 0;
  let correct = 0;
  const batches = prefetch(batchesInOrder(set.count, batchSize), BATCHES_AHEAD, async (indices) => ({
    start: indices[0] as number,
    ...(await readImages(set, indices, signal)),
  }));
  for await (const { start, pixels, labels } of batches) {
    if (signal?.aborted === true) throw new CancelledError();
    const { length } = labels;
    const [loss, logits] = tidily(() => {
      const predicted = predict(model, weights, toInput(pixels, length, set.height, set.width, input));
      const target = tf.tensor1d(Int32Array.from(labels), 'int32');
      return [crossEntropy(predicted, target).dataSync()[0] as number, predicted.dataSync()] as const;
    });
    lossSum += loss * length;
    for (let i = 0; i < length; i++) {
      const best = indexOfLargest(logits.subarray(i * model.classes, (i + 1) * model.classes));
      predictions[start + i] = best === -1 ? noClassOf(predictions) : best;
      if (best === labels[i]) correct++;
    }
    progress?.(start + length, set.count);
    await heartbeat?.();
    await yieldToEvents();
  }
  return { loss: lossSum / set.count, accuracy: (100 * correct) / set.count, correct, of: set.count, predictions };
}
