import { bootstrapMean, type Estimate } from './bootstrap';

/** Intervals are the same whenever they are computed. */
const SEED = 1;

/** The mean over those images for which there is a value, with its 95 % bootstrap interval; null where there is none. */
export function meanOfKnown(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : bootstrapMean(known, SEED);
}
