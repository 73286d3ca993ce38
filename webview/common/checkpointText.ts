/** Texts about a checkpoint for column heads, lists and sliders. */
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { accuracyText } from './text';

const WEIGHTS: Readonly<Record<CheckpointInfo['weights'], string>> = {
  untrained: ': untrained, before the first training step',
  beforeTraining: ': before the first training step',
  trained: '',
};

/** "Epoch 0: untrained, before the first training step" */
export function checkpointTitle({ name, weights }: Pick<CheckpointInfo, 'name' | 'weights'>): string {
  return `${name}${WEIGHTS[weights]}`;
}

/** Within a sentence: "epoch 3", "the checkpoint". */
export function checkpointInText({ name, epoch }: Pick<CheckpointInfo, 'name' | 'epoch'>): string {
  return name === `Epoch ${epoch}` ? `epoch ${epoch}` : 'the checkpoint';
}

/** At the beginning of a sentence: "Epoch 3", "The checkpoint". */
export function checkpointSubject(checkpoint: Pick<CheckpointInfo, 'name' | 'epoch'>): string {
  return checkpointInText(checkpoint).replace(/^./, (letter) => letter.toUpperCase());
}

/**
 * "71.2 % test"; "93.1 % claimed" where it was not measured.
 * @param nothing the text where there is neither
 */
export function accuracyBelow(
  { testAccuracy, claimedAccuracy }: Pick<CheckpointInfo, 'testAccuracy' | 'claimedAccuracy'>,
  nothing: string,
): string {
  if (testAccuracy !== null) return `${accuracyText(testAccuracy)} test`;
  return claimedAccuracy === null ? nothing : `${accuracyText(claimedAccuracy)} claimed`;
}

/** The measured and the claimed accuracy; empty where there is neither. */
export function accuracySentence({
  testAccuracy,
  claimedAccuracy,
}: Pick<CheckpointInfo, 'testAccuracy' | 'claimedAccuracy'>): string {
  const measured =
    testAccuracy === null ? '' : `${accuracyText(testAccuracy)} of the test images are classified right.`;
  if (claimedAccuracy === null) return measured;
  const claim = `Its file claims ${accuracyText(claimedAccuracy)}${measured === '' ? '; not measured here' : ''}.`;
  return measured === '' ? claim : `${measured} ${claim}`;
}
