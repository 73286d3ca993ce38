/** The maps of one class an image, by any method: the one way for whoever compares many images. */
import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../engine/tidily';
import { predict, type TensorWeights } from '../../models/forward';
import type { InputSettings } from '../../models/input';
import { mapsOfOneClass } from './classMaps';
import { isRectified, type Explained } from './explained';
import { mapsByInputGradients } from './inputGradients';
import type { OneClassBatch, OneClassMaps } from './oneClassBatch';
import { mapsByPredictions } from './predictions';

export interface ExplainedBatch extends OneClassMaps {
  /** [n · classes] */
  readonly logits: Float32Array;
  /** The explained class of each image, [n]. */
  readonly targets: Int32Array;
}

/**
 * @param images as the network takes them, [n, size, size, 3]: still the caller's
 * @param targets a class each; the predicted one where it is undefined
 * @throws CancelledError
 */
export async function explainOneClass(
  explained: Explained,
  weights: TensorWeights,
  images: tf.Tensor4D,
  input: InputSettings,
  targets: readonly (number | undefined)[],
  signal?: AbortSignal,
): Promise<ExplainedBatch> {
  const { model, method } = explained;
  const { method: record, parameters } = method;
  if (record.needs === 'activationsAndGradients') return layerMaps(explained, weights, images, targets);
  const [logits, chosen] = tidily(() => {
    const predicted = predict(model, weights, images);
    return [predicted.dataSync() as Float32Array, chosenClasses(predicted, targets)] as const;
  });
  const ofClass = tf.tensor1d(chosen, 'int32');
  try {
    const batch: OneClassBatch = {
      model,
      weights,
      input,
      images,
      targets: ofClass,
      rectified: isRectified(explained),
      signal,
    };
    const found =
      record.needs === 'inputGradient'
        ? await mapsByInputGradients(record, parameters, batch)
        : await mapsByPredictions(record, parameters, batch, logits);
    return { logits, targets: chosen, ...found };
  } finally {
    ofClass.dispose();
  }
}

function layerMaps(
  explained: Explained,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targets: readonly (number | undefined)[],
): ExplainedBatch {
  return tidily(() => {
    const areAllPredicted = targets.every((target) => target === undefined);
    const areAllGiven = targets.every((target) => target !== undefined);
    const given = areAllPredicted
      ? undefined
      : tf.tensor1d(
          areAllGiven ? [...targets] : chosenClasses(predict(explained.model, weights, images), targets),
          'int32',
        );
    const { logits, maps } = mapsOfOneClass(explained, weights, images, given);
    return {
      logits: logits.dataSync() as Float32Array,
      maps: maps.dataSync() as Float32Array,
      targets: (given ?? tf.argMax(logits, 1)).dataSync() as Int32Array,
    };
  });
}

/** Call it in a tidy. */
function chosenClasses(logits: tf.Tensor2D, targets: readonly (number | undefined)[]): Int32Array {
  const predicted = tf.argMax(logits, 1).dataSync();
  return Int32Array.from(targets, (target, image) => target ?? (predicted[image] as number));
}
