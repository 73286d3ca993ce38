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

/** What a batch came to. */
export interface EvaluatedBatch {
  /** The first of its images. */
  readonly start: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly correct: number;
  /** Of each image, as in {@link Evaluation}. */
  readonly predictions: ClassIndices;
}

/** The model over a whole set, in inference mode and in the set's order. @throws CancelledError */
export async function evaluate(
  model: Model,
  weights: TensorWeights,
  set: ImageSource,
  input: InputSettings,
  watcher: Watcher = {},
): Promise<Evaluation> {
  const whole = { start: 0, end: set.count };
  return evaluationOf(await evaluateRange({ model, weights, input }, set, whole, watcher), model.classes, set.count);
}

/** Batches of the whole set, in their order: sums are taken in it, so that parts give the same bits as one process. */
export function evaluationOf(batches: readonly EvaluatedBatch[], classes: number, of: number): Evaluation {
  const predictions = createClassIndices(classes, of);
  let lossSum = 0;
  let correct = 0;
  for (const batch of batches) {
    lossSum += batch.loss * batch.predictions.length;
    correct += batch.correct;
    predictions.set(batch.predictions, batch.start);
  }
  return { loss: lossSum / of, accuracy: (100 * correct) / of, correct, of, predictions };
}

/** Images `start` … `end − 1` of a set, in batches. @throws CancelledError */
export async function evaluateRange(
  { model, weights, input }: { readonly model: Model; readonly weights: TensorWeights; readonly input: InputSettings },
  set: ImageSource,
  range: { readonly start: number; readonly end: number },
  { signal, progress, heartbeat }: Watcher = {},
): Promise<EvaluatedBatch[]> {
  const count = range.end - range.start;
  const evaluated: EvaluatedBatch[] = [];
  const places = batchesInOrder(count, inferenceBatchSize(model));
  const batches = prefetch(places, BATCHES_AHEAD, async (inRange) => {
    const indices = inRange.map((place) => range.start + place);
    return { start: indices[0] as number, ...(await readImages(set, indices, signal)) };
  });
  for await (const { start, pixels, labels } of batches) {
    if (signal?.aborted === true) throw new CancelledError();
    const { length } = labels;
    const [loss, logits] = tidily(() => {
      const predicted = predict(model, weights, toInput(pixels, length, set.height, set.width, input));
      const target = tf.tensor1d(Int32Array.from(labels), 'int32');
      return [crossEntropy(predicted, target).dataSync()[0] as number, predicted.dataSync()] as const;
    });
    const predictions = createClassIndices(model.classes, length);
    let correct = 0;
    for (let i = 0; i < length; i++) {
      const best = indexOfLargest(logits.subarray(i * model.classes, (i + 1) * model.classes));
      predictions[i] = best === -1 ? noClassOf(predictions) : best;
      if (best === labels[i]) correct++;
    }
    evaluated.push({ start, loss, correct, predictions });
    progress?.(start - range.start + length, count);
    await heartbeat?.();
    await yieldToEvents();
  }
  return evaluated;
}
