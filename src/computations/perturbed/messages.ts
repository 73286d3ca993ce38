/** What is told of a checkpoint's views. */
import type { PerturbedProgress, SimilarityValues } from './schema';
import { compareMaps } from '../../measures/similarity/heatmaps';
import type { Prediction } from '../../measures/robustness/prediction';
import { inverseOf, type Inverse } from '../../perturbations';
import type { Sample } from './samples';

interface Place {
  /** Its position in the request. */
  readonly image: number;
  readonly epoch: number;
}

export function cleanMessage(
  { image, epoch }: Place,
  { probabilities, predicted, map }: Prediction,
): PerturbedProgress {
  return { kind: 'clean', image, epoch, probabilities: Float32Array.from(probabilities), predicted, map };
}

export interface PerturbedPlace extends Place {
  readonly drawn: Sample;
  readonly label: number | null;
  readonly layer: { readonly height: number; readonly width: number };
}

export function perturbedMessage(
  { image, epoch, drawn, label, layer }: PerturbedPlace,
  { clean, perturbed }: { readonly clean: Prediction; readonly perturbed: Prediction },
  count: { readonly done: number; readonly of: number },
): PerturbedProgress {
  const drop = (target: number): number =>
    (clean.probabilities[target] as number) - (perturbed.probabilities[target] as number);
  return {
    kind: 'perturbed',
    image,
    entry: drawn.place,
    round: drawn.round,
    epoch,
    probabilities: Float32Array.from(perturbed.probabilities),
    predicted: perturbed.predicted,
    map: perturbed.map,
    similarity: similarity(clean, perturbed, layer, inverseOf(drawn.entry, drawn, drawn.size)),
    drop: { ofPrediction: drop(clean.predicted), ofLabel: label === null ? null : drop(label) },
    ...count,
  };
}

function similarity(
  clean: Prediction,
  perturbed: Prediction,
  { height, width }: PerturbedPlace['layer'],
  inverse: Inverse | undefined,
): SimilarityValues {
  const a = { height, width, values: clean.map };
  const b = { height, width, values: perturbed.map };
  return compareMaps(a, b, inverse);
}
