/** Means over images, with their intervals. */
import type { Estimate, Interval } from './estimate';
import { QUANTITIES, type QuantityName } from './quantity';
import { studentT975 } from './studentT';

/** @returns NaN of nothing */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** The mean of values, one an image and at least one, with its interval. */
export function estimateMean(values: ArrayLike<number>, quantity: QuantityName = 'any'): Estimate {
  const { intervalFrom, range } = QUANTITIES[quantity];
  const interval = values.length < intervalFrom ? null : meanInterval(values);
  return { mean: meanOf(values), n: values.length, interval: interval && within(interval, range), intervalFrom };
}

/** Of those images for which there is a value; null where there is none. */
export function estimateKnown(values: readonly (number | null)[], quantity: QuantityName = 'any'): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : estimateMean(known, quantity);
}

/**
 * The interval that the mean of what the values are drawn from lies in, 95 of 100 times: Student's t, reaching further
 * to the side to which the values are skewed, as far as {@link hallReach} says. Of normal values it covers 0.950 to
 * 0.957, of even ones 0.95 to 0.965, from 5 values on. Null where all values are the same, or there are fewer than 3.
 */
export function meanInterval(values: ArrayLike<number>): Interval | null {
  const n = values.length;
  const mean = meanOf(values);
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < n; i++) {
    const deviation = (values[i] as number) - mean;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  const deviation = Math.sqrt(squares / n);
  // What is left of equal values by rounding is no variation.
  if (n < 3 || !(deviation > 1e-12 * Math.abs(mean))) return null;
  const error = deviation / Math.sqrt(n - 1);
  const t = studentT975(n - 1);
  const skewness = shrunkSkewness(cubes / n / deviation ** 3, n);
  return {
    low: mean - Math.max(t, hallReach(t, skewness, n)) * error,
    high: mean + Math.max(t, -hallReach(-t, skewness, n)) * error,
  };
}

/**
 * The unbiased skewness of a sample, brought towards 0 by as much as it may be chance: 6/n is about its variance where the
 * values are normal.
 * @param skewness m₃/m₂^1.5
 */
function shrunkSkewness(skewness: number, n: number): number {
  const unbiased = (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
  return unbiased ** 3 / (unbiased ** 2 + 6 / n);
}

/**
 * How many standard errors below the mean the interval ends that corresponds to the quantile t of a statistic without
 * skew: Hall 1992, "On the removal of skewness by transformation", the inverse of his cubic transformation.
 */
function hallReach(t: number, skewness: number, n: number): number {
  const a = skewness / 3;
  if (Math.abs(a) < 1e-6) return t;
  const root = Math.sqrt(n);
  return (root / a) * (Math.cbrt(1 + 3 * a * (t / root - skewness / (6 * n))) - 1);
}

function within({ low, high }: Interval, [least, most]: readonly [number, number]): Interval {
  return { low: Math.max(least, low), high: Math.min(most, high) };
}
