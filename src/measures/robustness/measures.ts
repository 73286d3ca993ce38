/**
 * What is measured of perturbed images beside clean ones, in the order of tables. A new measure of heatmaps is declared in
 * ../similarity; another one here, once `measuredSchema` and the tally have it.
 */
import { QUANTITIES, type QuantityName } from '../../statistics/quantity';
import type { Estimate, Rate } from '../../statistics/schemas';
import { SIMILARITY_MEASURES } from '../similarity';
import type { Shown } from '../similarity/measure';
import type { Measured } from './measured';

interface Words {
  /** In a page's settings. */
  readonly id: string;
  /** The column in CSV files. */
  readonly column: string;
  /** In a sentence. */
  readonly name: string;
  /** At the head of a table's column. */
  readonly head: string;
  /** At length. */
  readonly description: string;
  /** After the point, of a mean or of a rate in per cent. */
  readonly digits: number;
  /** Which values speak for the checkpoint. */
  readonly better: 'higher' | 'lower';
  readonly shown: Shown;
  /** Whether it is of heatmaps, of which some cannot be compared. */
  readonly isOfHeatmaps: boolean;
}

/** How many of how many. */
interface RateMeasure extends Words {
  readonly kind: 'rate';
  readonly of: (measured: Measured) => Rate;
}

/** A mean over images. */
interface MeanMeasure extends Words {
  readonly kind: 'mean';
  readonly quantity: QuantityName;
  /** Null where nothing can be compared. */
  readonly of: (measured: Measured) => Estimate | null;
}

export type RobustnessMeasure = RateMeasure | MeanMeasure;

export const ROBUSTNESS_MEASURES: readonly RobustnessMeasure[] = [
  {
    kind: 'rate',
    id: 'clean',
    column: 'clean_accuracy',
    name: 'clean accuracy',
    head: 'Clean %',
    description: 'Accuracy on the same images as they are',
    digits: 1,
    better: 'higher',
    shown: 'everywhere',
    isOfHeatmaps: false,
    of: ({ clean }) => clean.accuracy,
  },
  {
    kind: 'mean',
    id: 'cleanConfidence',
    column: 'clean_confidence',
    name: 'clean confidence',
    head: 'Confidence',
    description: 'Mean probability of what is predicted of the images as they are',
    quantity: 'confidence',
    digits: 4,
    better: 'higher',
    shown: 'files',
    isOfHeatmaps: false,
    of: ({ clean }) => clean.confidence,
  },
  {
    kind: 'rate',
    id: 'accuracy',
    column: 'accuracy',
    name: 'accuracy',
    head: 'Accuracy %',
    description: 'Accuracy on the perturbed images',
    digits: 1,
    better: 'higher',
    shown: 'everywhere',
    isOfHeatmaps: false,
    of: ({ accuracy }) => accuracy,
  },
  {
    kind: 'mean',
    id: 'drop',
    column: 'drop_of_prediction',
    name: 'confidence drop of the prediction',
    head: 'Drop',
    description: 'Mean drop of the probability of the clean prediction, negative where it rises',
    quantity: 'drop',
    digits: 4,
    better: 'lower',
    shown: 'everywhere',
    isOfHeatmaps: false,
    of: ({ confidenceDrop }) => confidenceDrop.ofPrediction,
  },
  {
    kind: 'mean',
    id: 'dropOfLabel',
    column: 'drop_of_label',
    name: 'confidence drop of the label',
    head: 'Drop of label',
    description: 'Mean drop of the probability of the label, negative where it rises',
    quantity: 'drop',
    digits: 4,
    better: 'lower',
    shown: 'panels',
    isOfHeatmaps: false,
    of: ({ confidenceDrop }) => confidenceDrop.ofLabel,
  },
  {
    kind: 'rate',
    id: 'flips',
    column: 'flip_rate',
    name: 'predictions flipped',
    head: 'Flips %',
    description: 'How often the prediction is another than on the clean image',
    digits: 1,
    better: 'lower',
    shown: 'everywhere',
    isOfHeatmaps: false,
    of: ({ flipRate }) => flipRate,
  },
  ...SIMILARITY_MEASURES.map(({ key, column, name, head, description, quantity, shown }): RobustnessMeasure => ({
    kind: 'mean',
    id: key,
    column,
    name: `heatmap similarity: ${name}`,
    head,
    description,
    quantity,
    digits: 3,
    better: 'higher',
    shown,
    isOfHeatmaps: true,
    of: ({ heatmapSimilarity }) => heatmapSimilarity[key],
  })),
];

/** Those of the tables in panels and reports. */
export const SHOWN_MEASURES = ROBUSTNESS_MEASURES.filter(({ shown }) => shown !== 'files');

/** "…, 0 … 1, higher is better", for a hover. */
export function describeMeasure(measure: RobustnessMeasure): string {
  const [low, high] = measure.kind === 'rate' ? [0, 100] : QUANTITIES[measure.quantity].range;
  const range = `${low} … ${high}`.replace('-', '−');
  return `${measure.description}; ${range}, ${measure.better} is better. Below it stands its 95 % interval.`;
}
