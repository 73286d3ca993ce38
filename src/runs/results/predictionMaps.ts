/**
 * Kept predictions of single images, clean and perturbed: a .bin file each, float64 in the machine's byte order, so that
 * what is kept is just what was computed: the predicted class, the first number that was drawn (a rotation's degrees, by
 * which earlier versions turned the map back; 0 where none is told), the probabilities, [classes], and the map of the
 * class that the clean image is taken for, [height · width].
 */
import { endianness } from 'node:os';
import * as z from 'zod';
import type { Prediction } from '../../measures/robustness/prediction';
import { drawnOf, perturbationSchema } from '../../perturbations';
import type { AboutResult } from './binaryResult';
import { explanationKeySchema, heatmapInputsSchema, type HeatmapsSize } from './heatmaps';
import { loadBinaryResults, storeBinaryResult } from './results';

const PREDICTION_MAPS_KIND = 'views';
/** Another number whenever the same inputs come to mean other values. */
export const PREDICTION_MAPS_METHOD = 'views 1';

/** All that they depend on; without a draw it is the clean image's. */
export const predictionMapInputsSchema = heatmapInputsSchema.omit({ method: true, parameters: true }).extend({
  explanation: explanationKeySchema,
  draw: z
    .object({ perturbation: perturbationSchema, image: z.union([z.number(), z.string()]), round: z.number() })
    .optional(),
});
export type PredictionMapInputs = z.output<typeof predictionMapInputsSchema>;

/** In the order of the inputs; undefined where none is kept. */
export async function loadPredictionMaps(
  folder: string,
  inputs: readonly PredictionMapInputs[],
  { classes, height, width }: HeatmapsSize,
): Promise<(Prediction | undefined)[]> {
  const length = 2 + classes + height * width;
  const kept = new Array<Prediction | undefined>(inputs.length).fill(undefined);
  await loadBinaryResults(folder, PREDICTION_MAPS_KIND, inputs.map(keyOf), (bytes, at) => {
    if (bytes.byteLength !== 8 * length) return;
    const values = new Float64Array(bytes.buffer, bytes.byteOffset, length);
    const [predicted = 0, , ...probabilities] = values.subarray(0, 2 + classes);
    kept[at] = { predicted, probabilities, map: Float32Array.from(values.subarray(2 + classes)) };
  });
  return kept;
}

export async function storePredictionMap(
  folder: string,
  inputs: PredictionMapInputs,
  prediction: Prediction,
  about: AboutResult,
): Promise<void> {
  const bytes = new Uint8Array(predictionValues(prediction, inputs.draw).buffer);
  await storeBinaryResult(folder, PREDICTION_MAPS_KIND, keyOf(inputs), bytes, about);
}

/** How many rounds and images an entry has, and what is expected of it, say nothing of one draw. */
function keyOf({ draw, ...inputs }: PredictionMapInputs) {
  return {
    ...inputs,
    method: PREDICTION_MAPS_METHOD,
    byteOrder: endianness(),
    draw: draw && {
      ...draw,
      perturbation: { ...draw.perturbation, rounds: undefined, images: undefined, expect: undefined },
    },
  };
}

/** As they are kept. */
export function predictionValues(
  { predicted, probabilities, map }: Prediction,
  draw: PredictionMapInputs['draw'],
): Float64Array<ArrayBuffer> {
  const [first = 0] = draw === undefined ? [] : Object.values(drawnOf(draw.perturbation, draw).parameters);
  return Float64Array.of(predicted, first, ...probabilities, ...map);
}
