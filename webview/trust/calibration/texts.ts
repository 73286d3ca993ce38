import * as l10n from '@vscode/l10n';
import type { Bins } from '../savedState';

/** All images at temperature 1, and those that no temperature was fitted on at both. */
export const TEMPERATURES = ['all', 'atOne', 'atTemperature'] as const;
export type AtTemperature = (typeof TEMPERATURES)[number];

export function atText(at: AtTemperature): string {
  switch (at) {
    case 'all':
      return l10n.t('all images, T = 1');
    case 'atOne':
      return l10n.t('not fitted on, T = 1');
    case 'atTemperature':
      return l10n.t('not fitted on, fitted T');
  }
}

export function binsText(bins: Bins): string {
  return bins === 'equalWidth'
    ? l10n.t('15 bins of equal width: each spans the same range of confidence.')
    : l10n.t('15 bins of equal mass: each has the same number of images, to one.');
}
