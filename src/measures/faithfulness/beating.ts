/** From which epoch on a method's maps are more faithful than a control's. */
import type { Estimate } from '../../statistics/schemas';
import type { ControlId } from './controls';
import type { Controlled, MeasuredFaithfulness } from './measured';
import { scoreOf, type ScoreId } from './scores';

export type Beating =
  /** At this epoch and at every later one that was looked at, the interval of the difference excludes nought. */
  | { readonly kind: 'from'; readonly epoch: number; readonly last: Estimate }
  /** At the last epoch the interval does not exclude nought, or excludes it on the other side. */
  | { readonly kind: 'no'; readonly last: Estimate; readonly isWorse: boolean }
  /** At the last epoch there is no interval. */
  | { readonly kind: 'unknown'; readonly last: Estimate | null };

/** @param points by epoch, at least one; null of a score by which no map is better than another */
export function beating(
  points: readonly MeasuredFaithfulness[],
  score: ScoreId,
  control: ControlId,
): Beating | undefined {
  const { better } = scoreOf(score);
  if (better === null) return undefined;
  const differences = points.map((point) => controlled(point, score, control)?.difference ?? null);
  const sides = differences.map((difference) => sideOf(difference, better));
  const last = differences.at(-1) ?? null;
  const lastSide = sides.at(-1);
  if (last === null || lastSide === undefined) return { kind: 'unknown', last };
  if (lastSide !== 'better') return { kind: 'no', last, isWorse: lastSide === 'worse' };
  const before = sides.findLastIndex((side) => side !== 'better');
  return { kind: 'from', epoch: (points[before + 1] as MeasuredFaithfulness).epoch, last };
}

export function controlled(
  { scores }: MeasuredFaithfulness,
  score: ScoreId,
  control: ControlId,
): Controlled | undefined {
  return scores.find((each) => each.score === score)?.controls.find((each) => each.control === control);
}

/** Undefined where there is no interval. */
function sideOf(difference: Estimate | null, better: 'higher' | 'lower'): 'better' | 'worse' | 'neither' | undefined {
  const interval = difference?.interval;
  if (interval === null || interval === undefined) return undefined;
  const [above, below] = [interval.low > 0, interval.high < 0];
  if (!above && !below) return 'neither';
  return above === (better === 'higher') ? 'better' : 'worse';
}
