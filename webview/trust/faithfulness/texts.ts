/** The names of scores, controls and curves in the editor's language. */
import * as l10n from '@vscode/l10n';
import type { ControlId } from '../../../src/measures/faithfulness/controls';
import type { CurveName, ScoreId } from '../../../src/measures/faithfulness/scores';

export function scoreText(score: ScoreId): string {
  switch (score) {
    case 'deletion':
      return l10n.t('Deletion (less is better)');
    case 'insertion':
      return l10n.t('Insertion (more is better)');
    case 'road':
      return l10n.t('ROAD (more is better)');
    case 'muFidelity':
      return l10n.t('μ-fidelity (more is better)');
    case 'sensitivity':
      return l10n.t('Sensitivity to noise');
    case 'sparseness':
      return l10n.t('Sparseness');
  }
}

export function controlText(control: ControlId): string {
  switch (control) {
    case 'random':
      return l10n.t('a random map');
    case 'blob':
      return l10n.t('a centred blob');
    case 'edge':
      return l10n.t('an edge map');
    case 'untrained':
      return l10n.t('the untrained checkpoint’s map');
  }
}

export function curveText(curve: CurveName): string {
  switch (curve) {
    case 'deletion':
      return l10n.t('Probability while pixels are deleted');
    case 'insertion':
      return l10n.t('Probability while pixels are inserted');
    case 'mostRelevantFirst':
      return l10n.t('Probability, most relevant pixels imputed first');
    case 'leastRelevantFirst':
      return l10n.t('Probability, least relevant pixels imputed first');
  }
}
