import type { Perturbation } from '../../study';
import type { Measured } from '../../protocol/measured';
import { percentOf } from '../../statistics';

/** An expectation that was not met. */
export interface Miss {
  readonly expectation: 'confidenceDrop' | 'accuracy' | 'heatmapSimilarity';
  /** Null where it could not be measured: no pair of heatmaps could be compared. */
  readonly measured: number | null;
  readonly limit: number;
  /** "confidence drop 0.0312, expected at most 0.02" */
  readonly text: string;
}

/**
 * By how much a mean may pass a limit and still meet it: a mean of some thousand values of at most 1 in size is off by
 * less in double precision. A share of the limit's size where that is above 1.
 */
const ROUNDING = 1e-12;

/** What of an entry's expectations the numbers miss: nothing where it passes, or asks for nothing. */
export function misses({ expect = {} }: Perturbation, measured: Measured): Miss[] {
  const { confidenceDrop, accuracy, heatmapSimilarity } = expect;
  const found: Miss[] = [];
  const drop = measured.confidenceDrop.ofPrediction.mean;
  if (confidenceDrop !== undefined && !isAtLeast(-drop, -confidenceDrop.max)) {
    const limit = confidenceDrop.max;
    const text = `confidence drop ${apartFrom(limit, drop, 4)}, expected at most ${limit}`;
    found.push({ expectation: 'confidenceDrop', measured: drop, limit, text });
  }
  // A quotient of whole numbers is rounded once, as the limit is: what is equal stays equal.
  const percent = percentOf(measured.accuracy);
  if (accuracy !== undefined && !(percent >= accuracy.min)) {
    const { count, of } = measured.accuracy;
    const limit = accuracy.min;
    const text = `accuracy ${apartFrom(limit, percent, 2)} % (${count} of ${of}), expected at least ${limit} %`;
    found.push({ expectation: 'accuracy', measured: percent, limit, text });
  }
  const spearman = measured.heatmapSimilarity.spearman?.mean ?? null;
  if (heatmapSimilarity !== undefined && !(spearman !== null && isAtLeast(spearman, heatmapSimilarity.min))) {
    const limit = heatmapSimilarity.min;
    const is = spearman === null ? 'unknown, as no two heatmaps can be compared' : apartFrom(limit, spearman, 4);
    const text = `heatmap similarity ${is}, expected at least ${limit}`;
    found.push({ expectation: 'heatmapSimilarity', measured: spearman, limit, text });
  }
  return found;
}

function isAtLeast(mean: number, limit: number): boolean {
  return mean >= limit - ROUNDING * Math.max(1, Math.abs(limit));
}

/** With so many digits, or as many more as tell it from the limit that it misses. */
function apartFrom(limit: number, value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === limit && digits < 15 ? apartFrom(limit, value, digits + 1) : text;
}
