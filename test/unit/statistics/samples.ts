/** Means and rates as they are measured, for tests of what shows them. */
import type { Estimate, Rate } from '../../../src/statistics/schemas';

/** Of 30 images, unless it says otherwise. */
export function estimateOf(mean: number, half = 0.01, n = 30): Estimate {
  return { mean, n, interval: { low: mean - half, high: mean + half }, intervalFrom: 25 };
}

/** Of 3 images: too few for an interval. */
export function fewOf(mean: number, intervalFrom = 25): Estimate {
  return { mean, n: 3, interval: null, intervalFrom };
}

/** Five per cent to each side. */
export function rateOf(count: number, of: number): Rate {
  const percent = (100 * count) / of;
  return { count, of, interval: { low: percent - 5, high: percent + 5 } };
}
