import { createRandom } from '../../common/random';

/** A mean and the interval that it may lie in. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
const LEVEL = 0.95;

/**
 * The mean of the values, a value an image, with its 95 % percentile bootstrap interval: the middle 95 % of the means
 * of 1,000 samples as large as this one, drawn from it with replacement.
 */
export function bootstrapMean(values: ArrayLike<number>, seed: number): Estimate {
  const random = createRandom('bootstrap', seed);
  const { length } = values;
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += values[random.integer(length)] as number;
    means[resample] = sum / length;
  }
  means.sort();
  return { mean: meanOf(values), low: quantile(means, (1 - LEVEL) / 2), high: quantile(means, (1 + LEVEL) / 2) };
}

/** @returns NaN of nothing */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Linear between the two nearest, as NumPy does it. @param sorted at least one value, ascending */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}
