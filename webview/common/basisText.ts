/** What a mean or a rate rests on, and why it has no interval: as `src/statistics` says it, in the editor's language. */
import * as l10n from '@vscode/l10n';
import { isEnoughCompared, LEAST_CHANGED, LEAST_IMAGES_OF_RATES, type Counted } from '../../src/statistics';
import type { Estimate } from '../../src/statistics/schemas';

export function noIntervalText({
  n,
  intervalFrom,
  withheld,
}: Pick<Estimate, 'n' | 'intervalFrom' | 'withheld'>): string {
  if (withheld === 'fewChanges') return l10n.t('no interval: fewer than {0} predictions differ', LEAST_CHANGED);
  return n < intervalFrom
    ? l10n.t('no interval below {0} images', intervalFrom)
    : l10n.t('no interval: all values are the same');
}

export function noRateInterval(): string {
  return l10n.t('no interval below {0} images', LEAST_IMAGES_OF_RATES);
}

/** Undefined where all images can be compared. */
export function restsText(images: Counted): string | undefined {
  const { compared, of } = images;
  if (compared === of) return undefined;
  return isEnoughCompared(images)
    ? l10n.t('rests on {0} of {1} images', compared, of)
    : l10n.t('rests on {0} of {1} images, too few to say anything by', compared, of);
}
