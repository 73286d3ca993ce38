/** The names of fates, and what they mean. */
import * as l10n from '@vscode/l10n';
import type { Fate, ImageFate } from '../../src/measures/misclassified';

export function fateText(fate: Fate): { readonly name: string; readonly meaning: string } {
  switch (fate) {
    case 'always':
      return { name: l10n.t('Always right'), meaning: l10n.t('Always right: right at every checkpoint') };
    case 'learned':
      return { name: l10n.t('Learned'), meaning: l10n.t('Learned: wrong at first, then right and never wrong again') };
    case 'unsettled':
      return {
        name: l10n.t('Unsettled'),
        meaning: l10n.t('Unsettled: right at the last checkpoint, but forgotten on the way'),
      };
    case 'forgotten':
      return { name: l10n.t('Forgotten'), meaning: l10n.t('Forgotten: right at some checkpoint, wrong at the last') };
    case 'never':
      return { name: l10n.t('Never right'), meaning: l10n.t('Never right: wrong at every checkpoint') };
  }
}

/** "Learned at epoch 3", "Forgotten twice, wrong at the last", "Forgotten once, right from epoch 5" */
export function fateSentence({ fate, rightFrom, forgettingEvents: times }: ImageFate): string {
  const epoch = rightFrom ?? 0;
  switch (fate) {
    case 'always':
    case 'never':
      return fateText(fate).name;
    case 'learned':
      return l10n.t('Learned at epoch {0}', epoch);
    case 'unsettled':
      if (times === 1) return l10n.t('Forgotten once, right from epoch {0}', epoch);
      if (times === 2) return l10n.t('Forgotten twice, right from epoch {0}', epoch);
      return l10n.t('Forgotten {0} times, right from epoch {1}', times, epoch);
    case 'forgotten':
      if (times === 1) return l10n.t('Forgotten once, wrong at the last');
      if (times === 2) return l10n.t('Forgotten twice, wrong at the last');
      return l10n.t('Forgotten {0} times, wrong at the last', times);
  }
}
