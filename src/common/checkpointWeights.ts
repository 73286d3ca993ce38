/** What a checkpoint's weights are, as far as training has come. */
export const CHECKPOINT_WEIGHTS = ['untrained', 'beforeTraining', 'trained'] as const;

/**
 * untrained: drawn at random, and no step was taken from there; beforeTraining: no step was taken, but the weights are those
 * of another training, such as ImageNet's; trained: anything else.
 */
export type CheckpointWeights = (typeof CHECKPOINT_WEIGHTS)[number];

const NOTES: Readonly<Record<CheckpointWeights, string>> = {
  untrained: ' (untrained)',
  beforeTraining: ' (before training)',
  trained: '',
};

/** " (untrained)", to be put behind an epoch; empty of a trained one. */
export function weightsNote(weights: CheckpointWeights): string {
  return NOTES[weights];
}
