/** What a perturbation test comes to. */
import type { RobustnessResult } from './content';

export type Outcome = 'passed' | 'failed' | 'undecided';

/** Undecided where nothing is missed, but an expectation rests on too few heatmaps. */
export function outcomeOf({ misses }: RobustnessResult): Outcome {
  if (misses.length === 0) return 'passed';
  return misses.some(({ decided }) => decided) ? 'failed' : 'undecided';
}
