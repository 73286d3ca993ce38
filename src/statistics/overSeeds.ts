/** What a recipe comes to: means over seeds, each value that of a training of its own. */
import type { Interval } from './estimate';
import { meanOf } from './mean';
import { studentT975 } from './studentT';

/** A mean over seeds. */
export interface OverSeeds {
  /** NaN of no values. */
  readonly mean: number;
  /** Seeds. */
  readonly n: number;
  /** 95 %, of the mean over all seeds that could have been drawn; null of one seed, or where all values are the same. */
  readonly interval: Interval | null;
}

/**
 * The mean of values, one a seed, with the interval of Student's t: mean ± t(0.975, n − 1) · s/√n.
 *
 * Not the interval of `meanInterval`, which reaches further to the side to which a sample is skewed: a runs table has 3 to 5
 * seeds, of which three say next to nothing of skewness, and an accuracy over seeds, itself a mean over thousands of images, is
 * close to normal. There t covers 95 %, from n = 2 on: test/unit/statistics/overSeeds.test.ts draws 2,000 samples.
 *
 * @param range what the values cannot leave, such as 0 … 100 %: the interval is cut there
 */
export function overSeeds(
  values: readonly number[],
  [least, most]: readonly [number, number] = [-Infinity, Infinity],
): OverSeeds {
  const n = values.length;
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (n - 1));
  // What is left of equal values by rounding is no variation.
  if (n < 2 || !(deviation > 1e-12 * Math.abs(mean))) return { mean, n, interval: null };
  const half = (studentT975(n - 1) * deviation) / Math.sqrt(n);
  return { mean, n, interval: { low: Math.max(least, mean - half), high: Math.min(most, mean + half) } };
}

/** How much larger `a` is than `b` over the seeds that both have, by seed; seeds pair, because they draw the same. */
export function pairedOverSeeds(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): OverSeeds {
  const differences = [...a].flatMap(([seed, value]) => {
    const other = b.get(seed);
    return other === undefined ? [] : [value - other];
  });
  return overSeeds(differences);
}
