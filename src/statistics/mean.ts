/** Means over images, with their intervals. */
import type { Estimate, Interval } from './estimate';
import { studentT975 } from './studentT';

/** @returns NaN of nothing */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Below so many images a mean has no interval. */
export const LEAST_IMAGES = 10;

/** The mean of values, one an image and at least one, with its interval. */
export function estimateMean(values: ArrayLike<number>): Estimate {
  return { mean: meanOf(values), n: values.length, interval: meanInterval(values) };
}

/** Of those images for which there is a value; null where there is none. */
export function estimateKnown(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : estimateMean(known);
}

/** Student's t. */
function meanInterval(values: ArrayLike<number>): Interval | null {
  const { length } = values;
  if (length < LEAST_IMAGES) return null;
  const mean = meanOf(values);
  const half = studentT975(length - 1) * standardError(values, mean);
  return half > 0 ? { low: mean - half, high: mean + half } : null;
}

function standardError(values: ArrayLike<number>, mean: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
