/** What can be followed over epochs. */
import type { Measured } from '../../../src/protocol/measured';
import type { Estimate } from '../../../src/protocol/values';

export const MEASURE_IDS = ['accuracy', 'drop', 'dropOfLabel', 'flips', 'spearman', 'ssim', 'overlap'] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

export interface Measure {
  readonly text: string;
  /** In a list of choices. */
  readonly short: string;
  readonly value: (measured: Measured) => number | null;
  /** Where there is a 95 % interval. */
  readonly interval?: (measured: Measured) => Estimate;
  readonly digits: number;
  /** Where the axis begins and ends, if that is known. */
  readonly range?: readonly [number, number];
}

export const MEASURES: Readonly<Record<MeasureId, Measure>> = {
  accuracy: {
    ...{ text: 'Accuracy under perturbation (%)', short: 'Accuracy', digits: 1, range: [0, 100] },
    value: ({ accuracy }) => accuracy,
  },
  drop: {
    ...{ text: 'Confidence drop of the prediction', short: 'Confidence drop (prediction)', digits: 4 },
    value: ({ confidenceDrop }) => confidenceDrop.ofPrediction.mean,
    interval: ({ confidenceDrop }) => confidenceDrop.ofPrediction,
  },
  dropOfLabel: {
    ...{ text: 'Confidence drop of the label', short: 'Confidence drop (label)', digits: 4 },
    value: ({ confidenceDrop }) => confidenceDrop.ofLabel.mean,
    interval: ({ confidenceDrop }) => confidenceDrop.ofLabel,
  },
  flips: {
    ...{ text: 'Predictions flipped (%)', short: 'Flip rate', digits: 1, range: [0, 100] },
    value: ({ flipRate }) => flipRate,
  },
  spearman: {
    ...{ text: 'Heatmaps’ rank correlation with the clean ones', short: 'Heatmaps: rank correlation', digits: 3 },
    value: ({ heatmapSimilarity }) => heatmapSimilarity.spearman,
  },
  ssim: {
    ...{ text: 'Heatmaps’ structural similarity (SSIM) with the clean ones', short: 'Heatmaps: SSIM', digits: 3 },
    value: ({ heatmapSimilarity }) => heatmapSimilarity.ssim,
  },
  overlap: {
    ...{
      text: 'Overlap of the heatmaps’ top 20 % with the clean ones',
      short: 'Heatmaps: top-20 % overlap',
      digits: 3,
    },
    value: ({ heatmapSimilarity }) => heatmapSimilarity.topOverlap,
  },
};

/** With a true minus; a dash where it is not known. */
export function numberText(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return '–';
  // What rounds to zero is on neither side of it.
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}
