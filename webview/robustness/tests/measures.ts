/** The measures that can be followed over epochs. */
import { fixedText } from '../../../src/common/numberText';
import { isSimilarityKnown, similarityRestsText } from '../../../src/measures/drift';
import type { Measured } from '../../../src/measures/robustness/measured';
import type { Estimate, Interval, Rate } from '../../../src/statistics/schemas';
import { NO_RATE_INTERVAL, noIntervalText, percentOf } from '../../../src/statistics';

export const MEASURE_IDS = ['accuracy', 'drop', 'dropOfLabel', 'flips', 'spearman', 'ssim', 'overlap'] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

/** A mean, or a rate in per cent, with its interval and number of images. */
export interface Reading {
  readonly value: number;
  readonly interval: Interval | null;
  /** "n = 20", "57 of 60"; without an interval also the reason. */
  readonly basis: string;
}

export interface Measure {
  readonly text: string;
  /** The name in a list of choices. */
  readonly short: string;
  /** Null where nothing can be compared. */
  readonly read: (measured: Measured) => Reading | null;
  /** Whether a curve has a point: none where too few heatmaps can be compared. Absent: always. */
  readonly draws?: (measured: Measured) => boolean;
  readonly digits: number;
  /** The limits of the axis, if they are known. */
  readonly range?: readonly [number, number];
}

export const MEASURES: Readonly<Record<MeasureId, Measure>> = {
  accuracy: {
    text: 'Accuracy under perturbation (%)',
    short: 'Accuracy',
    digits: 1,
    range: [0, 100],
    read: ({ accuracy }) => readRate(accuracy),
  },
  drop: {
    text: 'Confidence drop of the prediction',
    short: 'Confidence drop (prediction)',
    digits: 4,
    read: ({ confidenceDrop }) => readEstimate(confidenceDrop.ofPrediction),
  },
  dropOfLabel: {
    text: 'Confidence drop of the label',
    short: 'Confidence drop (label)',
    digits: 4,
    read: ({ confidenceDrop }) => readEstimate(confidenceDrop.ofLabel),
  },
  flips: {
    text: 'Predictions flipped (%)',
    short: 'Flip rate',
    digits: 1,
    range: [0, 100],
    read: ({ flipRate }) => readRate(flipRate),
  },
  spearman: {
    text: 'Heatmaps’ rank correlation with the clean ones',
    short: 'Heatmaps: rank correlation',
    digits: 3,
    read: (measured) => readSimilarity(measured, 'spearman'),
    draws: isSimilarityKnown,
  },
  ssim: {
    text: 'Heatmaps’ structural similarity (SSIM) with the clean ones',
    short: 'Heatmaps: SSIM',
    digits: 3,
    read: (measured) => readSimilarity(measured, 'ssim'),
    draws: isSimilarityKnown,
  },
  overlap: {
    text: 'Overlap of the heatmaps’ top 20 % with the clean ones',
    short: 'Heatmaps: top-20 % overlap',
    digits: 3,
    read: (measured) => readSimilarity(measured, 'topOverlap'),
    draws: isSimilarityKnown,
  },
};

export function readEstimate(estimate: Estimate | null): Reading | null {
  if (estimate === null) return null;
  const { mean, n, interval } = estimate;
  const basis = interval === null ? `n = ${n}, ${noIntervalText(estimate)}` : `n = ${n}`;
  return { value: mean, interval, basis };
}

/** A similarity to the clean heatmaps, with the number of pairs where some cannot be compared. */
export function readSimilarity(measured: Measured, of: 'spearman' | 'ssim' | 'topOverlap'): Reading | null {
  const reading = readEstimate(measured.heatmapSimilarity[of]);
  const rests = similarityRestsText(measured);
  return reading === null || rests === undefined ? reading : { ...reading, basis: `${reading.basis}, ${rests}` };
}

/** The points of a curve. */
export function drawnReading({ read, draws }: Measure, measured: Measured): Reading | null {
  return draws?.(measured) === false ? null : read(measured);
}

export function readRate(rate: Rate): Reading {
  const { count, of, interval } = rate;
  const basis = `${count} of ${of}${interval === null ? `, ${NO_RATE_INTERVAL}` : ''}`;
  return { value: percentOf(rate), interval, basis };
}

/** "0.0101 … 0.0150, n = 20" */
export function basisText({ interval, basis }: Reading, digits: number): string {
  if (interval === null) return basis;
  return `${numberText(interval.low, digits)} … ${numberText(interval.high, digits)}, ${basis}`;
}

/** With a minus sign (−); a dash where it is unknown. */
export function numberText(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '–' : fixedText(value, digits);
}
