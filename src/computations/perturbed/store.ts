/** A checkpoint's views of single images, clean and perturbed, kept in the run folder: a file each. */
import { endianness } from 'node:os';
import type { TargetLayer } from '../../architectures';
import { loadBinaryResult, storeBinaryResult } from '../../runs';
import type { InputSettings } from '../../models/input';
import { aboutNow } from '../madeBy';
import type { Model } from '../../models/model';
import type { Prediction } from '../robustness/predict';
import { drawnOf } from '../../perturbations';
import type { Sample } from './samples';

export const PREDICTION_MAPS_KIND = 'views';
/** Another number whenever the same inputs come to mean other views. */
export const PREDICTION_MAPS_METHOD = 'views 1';

/** Of each, `checkpoint` and `image` are hashes; without a draw it is the clean image's view. */
export interface PredictionStore {
  load(checkpoint: string, image: string, drawn?: Sample): Promise<Prediction | undefined>;
  store(checkpoint: string, image: string, prediction: Prediction, drawn?: Sample): Promise<void>;
}

export interface PredictionInputs {
  readonly model: Model;
  readonly targetLayer: TargetLayer;
  readonly input: InputSettings;
}

/** A file holds float64, so that what is kept says just what was computed: see {@link predictionValues}. */
export function predictionStore(folder: string, { model, targetLayer, input }: PredictionInputs): PredictionStore {
  const { classes, architecture } = model;
  const length = 2 + classes + targetLayer.height * targetLayer.width;
  const inputsOf = (checkpoint: string, image: string, drawn: Sample | undefined) => ({
    method: PREDICTION_MAPS_METHOD,
    byteOrder: endianness(),
    architecture,
    layer: targetLayer.name,
    input,
    checkpoint,
    image,
    draw: drawn && {
      perturbation: { ...drawn.entry, rounds: undefined, images: undefined, expect: undefined },
      image: drawn.image,
      round: drawn.round,
    },
  });
  return {
    async load(checkpoint, image, drawn) {
      const bytes = await loadBinaryResult(folder, PREDICTION_MAPS_KIND, inputsOf(checkpoint, image, drawn));
      if (bytes?.byteLength !== 8 * length) return undefined;
      const [predicted = 0, , ...rest] = new Float64Array(bytes.buffer, bytes.byteOffset, length);
      return {
        predicted,
        probabilities: rest.slice(0, classes),
        map: Float32Array.from(rest.slice(classes)),
      };
    },
    async store(checkpoint, image, prediction, drawn) {
      const bytes = new Uint8Array(predictionValues(prediction, drawn).buffer);
      await storeBinaryResult(folder, PREDICTION_MAPS_KIND, inputsOf(checkpoint, image, drawn), bytes, aboutNow());
    },
  };
}

/**
 * As they are kept: the predicted class, the first number that was drawn (a rotation's degrees, by which older versions
 * turned the map back; 0 where none is told), probabilities, the map.
 */
export function predictionValues(
  { predicted, probabilities, map }: Prediction,
  drawn?: Pick<Sample, 'entry' | 'image' | 'round' | 'size'>,
): Float64Array<ArrayBuffer> {
  const [first = 0] = drawn === undefined ? [] : Object.values(drawnOf(drawn.entry, drawn, drawn.size).parameters);
  return Float64Array.of(predicted, first, ...probabilities, ...map);
}
