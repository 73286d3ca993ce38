/** Means whose interval is of samples that are drawn again out of the sample (Efron 1979). */
import { createRandom } from '../common/random';
import type { Estimate, Interval } from './estimate';
import { meanOf } from './mean';
import { LEAST_IMAGES_OF_HEATMAPS } from './quantity';

/** How often a sample is drawn again. */
export const MEAN_RESAMPLES = 2000;

/** Draws as many samples out of one of n, once for all means over n values. */
export interface Resampler {
  /** The mean, at least one value, with its 95 % percentile interval: see {@link Estimate}. */
  estimate(values: readonly number[]): Estimate;
}

/** @param seed the same seed draws the same samples: differences of the same images keep their pairs */
export function createResampler(seed: number): Resampler {
  const drawnOf = new Map<number, Uint32Array>();
  const drawn = (n: number): Uint32Array => {
    const known = drawnOf.get(n);
    if (known !== undefined) return known;
    const random = createRandom('bootstrap of means', seed, n);
    const places = Uint32Array.from({ length: MEAN_RESAMPLES * n }, () => random.integer(n));
    drawnOf.set(n, places);
    return places;
  };
  return {
    estimate(values) {
      const n = values.length;
      const interval = n < LEAST_IMAGES_OF_HEATMAPS ? null : percentiles(Float64Array.from(values), drawn(n));
      return { mean: meanOf(values), n, interval, intervalFrom: LEAST_IMAGES_OF_HEATMAPS };
    },
  };
}

/** Null where all values are the same. @param drawn places of values, [resamples, n] */
function percentiles(values: Float64Array, drawn: Uint32Array): Interval | null {
  if (values.every((value) => value === values[0])) return null;
  const n = values.length;
  const means = Float64Array.from({ length: MEAN_RESAMPLES }, (_, resample) => {
    let sum = 0;
    for (let i = resample * n; i < (resample + 1) * n; i++) sum += values[drawn[i] as number] as number;
    return sum / n;
  }).sort();
  const at = (share: number): number => means[Math.round(share * (MEAN_RESAMPLES - 1))] as number;
  return { low: at(0.025), high: at(0.975) };
}
