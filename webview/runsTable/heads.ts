/** What the columns are called. */
import * as l10n from '@vscode/l10n';
import { shortSetting, type Column, type ColumnKindId } from '../../src/comparison';

/** At the head of a column; the unit stands behind it. */
export function resultHead({ kind, of, head, unit }: Column): string {
  const name = HEADS[kind]?.(of) ?? head;
  return unit === '' ? name : `${name} (${unit})`;
}

/** Scores of faithfulness and calibration are called what their measures are, in all languages. */
const HEADS: Readonly<Partial<Record<ColumnKindId, (of: string) => string>>> = {
  accuracy: () => l10n.t('Test accuracy'),
  loss: () => l10n.t('Test loss'),
  validationAccuracy: () => l10n.t('Validation accuracy'),
  validationLoss: () => l10n.t('Validation loss'),
  trainAccuracy: () => l10n.t('Training accuracy'),
  trainLoss: () => l10n.t('Training loss'),
  learningRate: () => l10n.t('Learning rate'),
  attackedAccuracy: () => l10n.t('Accuracy under attack while training'),
  perturbed: (of) => l10n.t('Accuracy, {0}', of),
  attacked: (of) => l10n.t('Accuracy, {0}', of),
  benchmark: (of) => l10n.t('Accuracy, {0}', of),
  drop: (of) => l10n.t('Confidence drop, {0}', of),
  similarity: (of) => l10n.t('Heatmap correlation, {0}', of),
  drift: () => l10n.t('Drift: heatmap correlation with the checkpoint before'),
  driftFromLast: () => l10n.t('Heatmap correlation with the last checkpoint'),
  settling: () => l10n.t('Epoch when heatmaps settle'),
  imagesPerSecond: () => l10n.t('Images/s'),
  seconds: () => l10n.t('Training time'),
};

/** A setting is called as in the study file. */
export function settingHead(field: string): string {
  return shortSetting(field);
}

export function differenceHead(column: Column): string {
  return l10n.t('Δ {0}', resultHead(column));
}

/** Columns that are neither settings nor results. */
export type PlainColumn = 'state' | 'study' | 'seed' | 'epoch' | 'engine' | 'created' | 'note' | 'commit';

export function plainHead(column: PlainColumn): string {
  const heads: Readonly<Record<PlainColumn, () => string>> = {
    state: () => l10n.t('State'),
    study: () => l10n.t('Study'),
    seed: () => l10n.t('Seed'),
    epoch: () => l10n.t('Epoch'),
    engine: () => l10n.t('Engine'),
    created: () => l10n.t('Begun'),
    note: () => l10n.t('Note'),
    commit: () => l10n.t('Commit'),
  };
  return heads[column]();
}
