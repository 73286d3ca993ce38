import { comparedPairsText, isSimilarityKnown } from '../drift';
import type { Measured } from './measured';
import type { Perturbation } from '../../perturbations';
import { percentOf } from '../../statistics';

/** An expectation that is not met, or of which it cannot be decided whether it is. */
export interface Miss {
  readonly expectation: 'confidenceDrop' | 'accuracy' | 'heatmapSimilarity';
  /** False where too few pairs of heatmaps can be compared: a number that there may be says nothing. */
  readonly decided: boolean;
  /** Null where no pair of heatmaps can be compared. */
  readonly measured: number | null;
  readonly limit: number;
  /** "confidence drop 0.0312" */
  readonly actual: string;
  /** "confidence drop at most 0.02" */
  readonly expected: string;
  /** "confidence drop 0.0312, expected at most 0.02" */
  readonly text: string;
}

/** @param bound "at most 0.02" */
function texts(name: string, found: string, bound: string): Pick<Miss, 'actual' | 'expected' | 'text'> {
  const actual = `${name} ${found}`;
  return { actual, expected: `${name} ${bound}`, text: `${actual}, expected ${bound}` };
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
    const words = texts('confidence drop', apartFrom(limit, drop, 4), `at most ${limit}`);
    found.push({ expectation: 'confidenceDrop', decided: true, measured: drop, limit, ...words });
  }
  // A quotient of whole numbers is rounded once, as the limit is: what is equal stays equal.
  const percent = percentOf(measured.accuracy);
  if (accuracy !== undefined && !(percent >= accuracy.min)) {
    const { count, of } = measured.accuracy;
    const limit = accuracy.min;
    const words = texts('accuracy', `${apartFrom(limit, percent, 2)} % (${count} of ${of})`, `at least ${limit} %`);
    found.push({ expectation: 'accuracy', decided: true, measured: percent, limit, ...words });
  }
  if (heatmapSimilarity !== undefined) found.push(...similarityMiss(heatmapSimilarity.min, measured));
  return found;
}

function similarityMiss(limit: number, measured: Measured): Miss[] {
  const expectation = 'heatmapSimilarity';
  const spearman = measured.heatmapSimilarity.spearman?.mean ?? null;
  if (spearman === null || !isSimilarityKnown(measured)) {
    const reason = `cannot be decided: only ${comparedPairsText(measured)} can be compared`;
    const words = texts('heatmap similarity', reason, `at least ${limit}`);
    return [{ expectation, decided: false, measured: spearman, limit, ...words }];
  }
  if (isAtLeast(spearman, limit)) return [];
  const words = texts('heatmap similarity', apartFrom(limit, spearman, 4), `at least ${limit}`);
  return [{ expectation, decided: true, measured: spearman, limit, ...words }];
}

function isAtLeast(mean: number, limit: number): boolean {
  return mean >= limit - ROUNDING * Math.max(1, Math.abs(limit));
}

/** With so many digits, or as many more as tell it from the limit that it misses. */
function apartFrom(limit: number, value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === limit && digits < 15 ? apartFrom(limit, value, digits + 1) : text;
}
