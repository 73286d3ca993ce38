/** How means, rates and their intervals are printed. */
import type { Estimate, Interval, Rate } from '../../statistics/schemas';
import {
  FEW_CHANGES,
  imagesText,
  LEAST_IMAGES_OF_HEATMAPS,
  LEAST_IMAGES_OF_RATES,
  noIntervalText,
  percentOf,
} from '../../statistics';
import { NOTHING } from './output';

/** As other programs read it, with a hyphen for a minus; what rounds to zero has none. */
function numberText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** "0.0101…0.0150", or a dash. */
export function intervalText(interval: Interval | null | undefined, digits: number): string {
  return interval ? `${numberText(interval.low, digits)}…${numberText(interval.high, digits)}` : NOTHING;
}

/** Two cells: the mean, and its interval. */
export function meanCells(estimate: Estimate | null, digits: number): [mean: string, interval: string] {
  return [estimate === null ? NOTHING : numberText(estimate.mean, digits), intervalText(estimate?.interval, digits)];
}

/** In a sentence: "0.812 (95 % 0.760…0.851, 20 images)", or "0.812 (3 images: no interval below 10 images)". */
export function estimateText(estimate: Estimate, digits: number): string {
  const { mean, n, interval } = estimate;
  const note =
    interval === null
      ? `${imagesText(n)}: ${noIntervalText(estimate)}`
      : `95 % ${intervalText(interval, digits)}, ${imagesText(n)}`;
  return `${numberText(mean, digits)} (${note})`;
}

/** Two cells in per cent: the rate, and its interval. */
export function rateCells(rate: Rate): [rate: string, interval: string] {
  return [percentOf(rate).toFixed(2), intervalText(rate.interval, 1)];
}

/** In JSON: per cent, counts, and the interval in per cent. */
export function accuracyDocument(rate: Rate) {
  return { accuracy: percentOf(rate), correct: rate.count, of: rate.of, accuracyInterval: rate.interval };
}

/** Why cells of intervals hold a dash, or why there are no such columns, in a line; none where each has an interval. */
export function dashLines(means: readonly (Estimate | null)[], rates: readonly Rate[] = []): string[] {
  const without = means.filter((mean) => mean !== null).filter(({ interval }) => interval === null);
  const tooFew = without.filter(({ n, intervalFrom }) => n < intervalFrom);
  const least = [...new Set(tooFew.map(({ intervalFrom }) => intervalFrom))].sort((a, b) => b - a);
  const reasons = [
    ...least.map((from) => tooFewText(from, from === LEAST_IMAGES_OF_HEATMAPS ? 'heatmaps' : 'probabilities')),
    ...(rates.some(({ interval }) => interval === null) ? [tooFewText(LEAST_IMAGES_OF_RATES, 'rates')] : []),
    ...(without.some(({ withheld }) => withheld === 'fewChanges') ? [FEW_CHANGES] : []),
    ...(without.some(isEven) ? ['all values the same'] : []),
  ];
  if (reasons.length === 0) return [];
  const hasSome = [...means, ...rates].some((each) => each !== null && each.interval !== null);
  return [`${hasSome ? 'A dash in place of an interval' : 'No intervals'}: ${reasons.join('; ')}.`];
}

function isEven({ n, intervalFrom, withheld }: Estimate): boolean {
  return n >= intervalFrom && withheld === undefined;
}

function tooFewText(least: number, values: string): string {
  return `fewer than ${least} images for ${values}`;
}

/** How tables mark a mean over heatmaps of which too few can be compared. */
export const TOO_FEW = ' (!)';
export const TOO_FEW_LINE =
  '(!): too few heatmaps can be compared to say anything by the mean, as flat ones, which are the same everywhere, cannot.';
