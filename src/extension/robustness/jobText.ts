import * as vscode from 'vscode';
import type { Job } from '../../common/jobs';

/** What comes first where the engine cannot begin with the tests yet. */
export function waitingText(behind: Job): string {
  switch (behind) {
    case 'heatmaps':
      return vscode.l10n.t('waiting: heatmaps come first');
    case 'predictions':
      return vscode.l10n.t('waiting: predictions come first');
    case 'tests':
      return vscode.l10n.t('waiting: other tests come first');
    case 'perturbed':
      return vscode.l10n.t('waiting: images under perturbations come first');
    case 'attention':
      return vscode.l10n.t('waiting: attention over epochs comes first');
    case 'calibration':
      return vscode.l10n.t('waiting: calibration comes first');
    case 'faithfulness':
      return vscode.l10n.t('waiting: faithfulness comes first');
    case 'localisation':
      return vscode.l10n.t('waiting: localisation comes first');
    case 'agreement':
      return vscode.l10n.t('waiting: the agreement of methods comes first');
    case 'sanity':
      return vscode.l10n.t('waiting: sanity checks come first');
    case 'benchmark':
      return vscode.l10n.t('waiting: a benchmark comes first');
    case 'attacks':
      return vscode.l10n.t('waiting: attacks come first');
  }
}
