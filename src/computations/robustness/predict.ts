/** What a checkpoint makes of a batch of images, as they are and perturbed. */
import { toInput, type InputSettings } from '../../models/input';
import { readRange, type ImageSource } from '../../datasets';
import { indexOfLargest, softmax } from '../../common/scores';
import type { Explained } from '../heatmaps/explained';
import { explainOneClass } from '../heatmaps/oneClass';
import { requireFinite } from '../../models/finite';
import type { TensorWeights } from '../../models/forward';
import type { Prediction } from '../../measures/robustness/prediction';
import type { Batch, PerturbedInput } from './perturbed';

export interface PredictOptions extends Explained {
  readonly weights: TensorWeights;
  readonly input: InputSettings;
  readonly signal?: AbortSignal | undefined;
}

export async function predictClean(seeing: PredictOptions, { set, start, length }: Batch): Promise<Prediction[]> {
  const { pixels } = await readRange(set, start, length, seeing.signal);
  return predictWithHeatmaps(seeing, set, pixels, length);
}

/** @param clean of the same batch as it is */
export function predictPerturbed(
  seeing: PredictOptions,
  set: ImageSource,
  { pixels, isNormalised }: PerturbedInput,
  clean: readonly Prediction[],
): Promise<Prediction[]> {
  const predicted = clean.map((prediction) => prediction.predicted);
  return predictWithHeatmaps(seeing, set, pixels, predicted.length, predicted, isNormalised);
}

/**
 * @param pixels 0 … 255, [length, height, width, 3]
 * @param targets whose heatmap each is, [length]; the predicted class's when absent
 * @param isNormalised whether the pixels are, as `toInput` takes them
 * @throws WorkError where what the network gives are not finite numbers; CancelledError
 */
export async function predictWithHeatmaps(
  { weights, input, signal, ...explained }: PredictOptions,
  { height, width }: Pick<ImageSource, 'height' | 'width'>,
  pixels: Uint8Array | Float32Array,
  length: number,
  targets?: readonly number[],
  isNormalised = false,
): Promise<Prediction[]> {
  const { model, targetLayer } = explained;
  const images = toInput(pixels, length, height, width, input, isNormalised);
  const classes = targets ?? new Array<undefined>(length).fill(undefined);
  const { logits, maps } = await explainOneClass(explained, weights, images, input, classes, signal).finally(() =>
    images.dispose(),
  );
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
