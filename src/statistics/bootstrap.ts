/** Intervals of what is no mean, from samples that are drawn again out of the sample (Efron 1979). */
import type { Interval } from './estimate';

/** How often a sample is drawn again. */
export const RESAMPLES = 1000;

/**
 * The 95 % basic interval, for a statistic that is biased upwards: resamples are as far above the sample's value as that is
 * above the truth, so the percentiles are reflected at it (Davison and Hinkley 1997, 5.2). It reaches at least to the value.
 * @param value the sample's @param resampled of each resample, in any order
 */
export function bootstrapInterval(value: number, resampled: Float64Array): Interval {
  const sorted = resampled.slice().sort();
  return { low: 2 * value - quantile(sorted, 0.975), high: Math.max(value, 2 * value - quantile(sorted, 0.025)) };
}

/** Between neighbours in a straight line, as NumPy and R do (type 7). @param sorted at least one, ascending */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)].map((at) => sorted[at] as number) as [number, number];
  return below + (place - Math.floor(place)) * (above - below);
}
