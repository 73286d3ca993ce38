/** What can be followed over epochs, and how it is read. */
import * as l10n from '@vscode/l10n';
import { fixedText } from '../../../src/common/numberText';
import { isSimilarityKnown } from '../../../src/measures/drift';
import type { Measured } from '../../../src/measures/robustness/measured';
import { SHOWN_MEASURES, type RobustnessMeasure } from '../../../src/measures/robustness/measures';
import type { Estimate, Interval, Rate } from '../../../src/statistics/schemas';
import { percentOf } from '../../../src/statistics';
import { noIntervalText, noRateInterval } from '../../common/basisText';
import { decimal } from '../../common/text';
import { measureWords } from './measureWords';

/** Those that curves are drawn of: clean accuracy stands beside each of them. */
export const MEASURES = SHOWN_MEASURES.filter(({ id }) => id !== 'clean');
export const MEASURE_IDS = MEASURES.map(({ id }) => id) as [string, ...string[]];

export function measureOf(id: string): RobustnessMeasure {
  return MEASURES.find((measure) => measure.id === id) as RobustnessMeasure;
}

/** "Predictions flipped (%)" */
export function measureText(measure: RobustnessMeasure): string {
  const { name } = measureWords(measure);
  return measure.kind === 'rate' ? l10n.t('{0} (%)', name) : name;
}

/** A mean, or a rate in per cent, with its interval and number of images. */
export interface Reading {
  readonly value: number;
  readonly interval: Interval | null;
  /** "n = 20", "57 of 60"; without an interval also the reason. */
  readonly basis: string;
}

/** Null where nothing can be compared. Of heatmaps, with what it rests on where some cannot be. */
export function read(measure: RobustnessMeasure, measured: Measured): Reading | null {
  if (measure.kind === 'rate') return readRate(measure.of(measured));
  const reading = readEstimate(measure.of(measured));
  const rests = measure.isOfHeatmaps ? pairsText(measured) : undefined;
  return reading === null || rests === undefined ? reading : { ...reading, basis: `${reading.basis}, ${rests}` };
}

/** What a curve shows: nothing where too few heatmaps can be compared. */
export function drawnReading(measure: RobustnessMeasure, measured: Measured): Reading | null {
  return measure.isOfHeatmaps && !isSimilarityKnown(measured) ? null : read(measure, measured);
}

/** What a mean similarity rests on; undefined where all pairs of heatmaps can be compared. */
function pairsText(measured: Measured): string | undefined {
  const { compared } = measured.heatmapSimilarity;
  const pairs = measured.images * measured.rounds;
  if (compared === pairs) return undefined;
  return isSimilarityKnown(measured)
    ? l10n.t('rests on {0} of {1} pairs of heatmaps', compared, pairs)
    : l10n.t('rests on {0} of {1} pairs of heatmaps, too few to say anything by', compared, pairs);
}

function readEstimate(estimate: Estimate | null): Reading | null {
  if (estimate === null) return null;
  const { mean, n, interval } = estimate;
  const basis = interval === null ? `n = ${n}, ${noIntervalText(estimate)}` : `n = ${n}`;
  return { value: mean, interval, basis };
}

function readRate(rate: Rate): Reading {
  const { count, of, interval } = rate;
  const basis = l10n.t('{0} of {1}', count, of);
  return { value: percentOf(rate), interval, basis: interval === null ? `${basis}, ${noRateInterval()}` : basis };
}

/** "0.0101 … 0.0150, n = 20" */
export function basisText({ interval, basis }: Reading, digits: number): string {
  if (interval === null) return basis;
  return `${numberText(interval.low, digits)} … ${numberText(interval.high, digits)}, ${basis}`;
}

/** With a minus sign (−); a dash where it is unknown. */
export function numberText(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '–' : decimal(fixedText(value, digits));
}
