/** What a checkpoint makes of a batch of images, as they are and perturbed. */
import * as tf from '@tensorflow/tfjs-core';
import { toInput, type InputSettings } from '../../models/input';
import { type ImageSet } from '../../datasets';
import { indexOfLargest, softmax } from '../../common/scores';
import { tidily } from '../../engine/tidily';
import { mapsOfOneClass } from '../heatmaps/classMaps';
import type { Explained } from '../heatmaps/explained';
import { requireFinite } from '../../models/finite';
import type { TensorWeights } from '../../models/forward';
import type { Prediction } from '../../measures/robustness/prediction';
import type { Batch } from './perturbed';
import type { PerturbedBatch } from '../../perturbations';

export interface PredictOptions extends Explained {
  readonly weights: TensorWeights;
  readonly input: InputSettings;
}

export function predictClean(seeing: PredictOptions, { set, start, length }: Batch): Prediction[] {
  const size = set.height * set.width * 3;
  return predictWithHeatmaps(seeing, set, set.pixels.subarray(start * size, (start + length) * size), length);
}

/** @param clean of the same batch as it is */
export function predictPerturbed(
  seeing: PredictOptions,
  set: ImageSet,
  { pixels }: PerturbedBatch,
  clean: readonly Prediction[],
): Prediction[] {
  const predicted = clean.map((prediction) => prediction.predicted);
  return predictWithHeatmaps(seeing, set, pixels, predicted.length, predicted);
}

/**
 * @param pixels 0 … 255, [length, height, width, 3]
 * @param targets whose heatmap each is, [length]; the predicted class's when absent
 * @throws WorkError where what the network gives are not finite numbers
 */
export function predictWithHeatmaps(
  { weights, input, ...explained }: PredictOptions,
  { height, width }: Pick<ImageSet, 'height' | 'width'>,
  pixels: Uint8Array | Float32Array,
  length: number,
  targets?: readonly number[],
): Prediction[] {
  const { model, targetLayer } = explained;
  const [logits, maps] = tidily(() => {
    const images = toInput(pixels, length, height, width, input);
    const classes = targets && tf.tensor1d([...targets], 'int32');
    const chosen = mapsOfOneClass(explained, weights, images, classes);
    return [chosen.logits.dataSync(), chosen.maps.dataSync()] as [Float32Array, Float32Array];
  });
  const area = targetLayer.height * targetLayer.width;
  return Array.from({ length }, (_, i) => {
    const ofImage = logits.subarray(i * model.classes, (i + 1) * model.classes);
    const map = maps.slice(i * area, (i + 1) * area);
    requireFinite('', ofImage, map);
    return {
      predicted: indexOfLargest(ofImage),
      probabilities: softmax(ofImage),
      map,
    };
  });
}
