/** Means of values that are far out where a prediction changes. */
import type { Estimate } from './estimate';

/**
 * Below so many images whose predictions differ there is no interval of how far the heatmap of the predicted class moves
 * between two checkpoints: quantity.ts says what it would cover.
 */
export const LEAST_CHANGED = 5;

/**
 * The estimate, without its interval where too few predictions differ.
 * @param changed of how many of its images the predictions differ between the two checkpoints
 */
export function whereEnoughChange(estimate: Estimate | null, changed: number): Estimate | null {
  if (estimate === null || estimate.interval === null || changed >= LEAST_CHANGED) return estimate;
  return { ...estimate, interval: null, withheld: 'fewChanges' };
}
