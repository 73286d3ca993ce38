import * as l10n from '@vscode/l10n';
import type { Column } from '../../src/comparison/columns';

/** What a chart shows, with the unit of its axis. Measures that have names of their own keep them in every language. */
export function chartTitle({ kind, of, head }: Pick<Column, 'kind' | 'of' | 'head'>): string {
  switch (kind) {
    case 'accuracy':
      return l10n.t('Accuracy (%)');
    case 'loss':
      return l10n.t('Loss (cross-entropy)');
    case 'learningRate':
      return l10n.t('Learning rate');
    case 'imagesPerSecond':
      return l10n.t('Images a second');
    case 'attackedAccuracy':
      return l10n.t('Accuracy under attack while training (%)');
    case 'perturbed':
      return l10n.t('Accuracy under {0} (%)', of);
    case 'attacked':
      return l10n.t('Accuracy under the attack {0} (%)', of);
    case 'benchmark':
      return l10n.t('Accuracy on {0} (%)', of);
    case 'drop':
      return l10n.t('Confidence drop under {0}', of);
    case 'similarity':
      return l10n.t('Heatmaps: correlation under {0}', of);
    case 'drift':
      return l10n.t('Heatmaps: correlation with the checkpoint before');
    case 'driftFromLast':
      return l10n.t('Heatmaps: correlation with the last checkpoint');
    case 'faithfulness':
      return l10n.t('Faithfulness: {0}', head);
    case 'calibration':
      return l10n.t('Calibration: {0}', head);
    default:
      return head;
  }
}
