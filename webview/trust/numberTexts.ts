import * as l10n from '@vscode/l10n';
import { fixedText } from '../../src/common/numberText';
import { decimal } from '../common/text';
import type { Numbers } from './content';

/** "0.124" */
export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : decimal(fixedText(value, 3));
}

/** "0.124 (0.101 to 0.148)", or "0.124 (n = 3)" where there is no interval. */
export function shortNumbers(numbers: Numbers | null | undefined): string {
  if (numbers === null || numbers === undefined) return '–';
  const { mean, n, interval } = numbers;
  return interval === null
    ? l10n.t('{0} (n = {1})', numberText(mean), n)
    : l10n.t('{0} ({1} to {2})', numberText(mean), numberText(interval.low), numberText(interval.high));
}

/** "0.101 to 0.148" */
export function intervalText(numbers: Numbers | null): string {
  return numbers?.interval
    ? l10n.t('{0} to {1}', numberText(numbers.interval.low), numberText(numbers.interval.high))
    : '–';
}
