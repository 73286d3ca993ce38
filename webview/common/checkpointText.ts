/** Texts about a checkpoint for column heads, lists and sliders. */
import * as l10n from '@vscode/l10n';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { accuracyText } from './text';

type Named = Pick<CheckpointInfo, 'name' | 'epoch'>;

/** Of an imported file nothing may say the epoch. */
export function isOfEpoch({ name, epoch }: Named): boolean {
  return name === `Epoch ${epoch}`;
}

/** "Epoch 3", "Checkpoint". */
export function checkpointName(checkpoint: Named): string {
  return isOfEpoch(checkpoint) ? l10n.t('Epoch {0}', checkpoint.epoch) : l10n.t('Checkpoint');
}

/** "Epoch 0: untrained, before the first training step" */
export function checkpointTitle(checkpoint: Named & Pick<CheckpointInfo, 'weights'>): string {
  const name = checkpointName(checkpoint);
  switch (checkpoint.weights) {
    case 'untrained':
      return l10n.t('{0}: untrained, before the first training step', name);
    case 'beforeTraining':
      return l10n.t('{0}: before the first training step', name);
    case 'trained':
      return name;
  }
}

/** "Epoch 0 (untrained)" */
export function checkpointNote(checkpoint: Named & Pick<CheckpointInfo, 'weights'>): string {
  const name = checkpointName(checkpoint);
  switch (checkpoint.weights) {
    case 'untrained':
      return l10n.t('{0} (untrained)', name);
    case 'beforeTraining':
      return l10n.t('{0} (before training)', name);
    case 'trained':
      return name;
  }
}

/** Within a sentence: "epoch 3", "the checkpoint". */
export function checkpointInText(checkpoint: Named): string {
  return isOfEpoch(checkpoint) ? l10n.t('epoch {0}', checkpoint.epoch) : l10n.t('the checkpoint');
}

/** At the beginning of a sentence: "Epoch 3", "The checkpoint". */
export function checkpointSubject(checkpoint: Named): string {
  return isOfEpoch(checkpoint) ? checkpointName(checkpoint) : l10n.t('The checkpoint');
}

/**
 * "71.2 % test"; "93.1 % claimed" where it was not measured.
 * @param nothing the text where there is neither
 */
export function accuracyBelow(
  { testAccuracy, claimedAccuracy }: Pick<CheckpointInfo, 'testAccuracy' | 'claimedAccuracy'>,
  nothing: string,
): string {
  if (testAccuracy !== null) return l10n.t('{0} test', accuracyText(testAccuracy));
  return claimedAccuracy === null ? nothing : l10n.t('{0} claimed', accuracyText(claimedAccuracy));
}

/** The measured and the claimed accuracy; empty where there is neither. */
export function accuracySentence({
  testAccuracy,
  claimedAccuracy,
}: Pick<CheckpointInfo, 'testAccuracy' | 'claimedAccuracy'>): string {
  const [measured, claimed] = [accuracyText(testAccuracy), accuracyText(claimedAccuracy)];
  if (claimed === '') return measured === '' ? '' : l10n.t('{0} of the test images are classified right.', measured);
  return measured === ''
    ? l10n.t('Its file claims {0}; not measured here.', claimed)
    : l10n.t('{0} of the test images are classified right. Its file claims {1}.', measured, claimed);
}
