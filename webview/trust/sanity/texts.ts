import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../../src/measures/sanity/numbers';
import type { Likeness } from '../savedState';

export function likenessText(likeness: Likeness): string {
  switch (likeness) {
    case 'signed':
      return l10n.t('Rank correlation before ReLU');
    case 'spearman':
      return l10n.t('Rank correlation of heatmaps');
    case 'topOverlap':
      return l10n.t('Overlap of the hottest 20 %');
    case 'ssim':
      return l10n.t('Structural similarity');
  }
}

export function verdictText(verdict: Verdict): string {
  switch (verdict) {
    case 'different':
      return l10n.t('different');
    case 'alike':
      return l10n.t('alike');
    case 'undecided':
      return l10n.t('undecided');
  }
}
