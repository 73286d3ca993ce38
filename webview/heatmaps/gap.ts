/** How far a map's sum is from what it should be, of a method with a baseline. */
import * as l10n from '@vscode/l10n';
import { decimal, shortNumber } from '../common/text';
import type { ShownHeat } from './compared';

export interface CompletenessGap {
  /** The sum of the map less what it should sum to: the difference of the logit between image and baseline. */
  readonly gap: number;
  /** Of that difference; undefined where it is nought. */
  readonly share: number | undefined;
}

export function completenessGap({ map, expectedSum }: ShownHeat): CompletenessGap | undefined {
  if (expectedSum === undefined) return undefined;
  let sum = 0;
  for (let at = 0; at < map.values.length; at++) sum += map.values[at] as number;
  const gap = sum - expectedSum;
  return { gap, share: expectedSum === 0 ? undefined : gap / Math.abs(expectedSum) };
}

/** "0.0123, 0.4 % of 3.21" */
export function gapText(heat: ShownHeat | undefined): string | undefined {
  const found = heat && completenessGap(heat);
  if (found === undefined || heat?.expectedSum === undefined) return undefined;
  const gap = shortNumber(found.gap);
  if (found.share === undefined) return gap;
  return l10n.t('{0}, {1} % of {2}', gap, decimal((100 * found.share).toFixed(2)), shortNumber(heat.expectedSum));
}
