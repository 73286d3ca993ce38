/** The one place that says whether a checkpoint is the untrained network. */
import type { CheckpointWeights } from '../../common/checkpointWeights';
import type { RunManifest } from '../manifest';

type Trained = Pick<RunManifest, 'study' | 'imported'>;

/**
 * Of a run that was trained here, epoch 0 is before the first step: untrained where the training began with random weights.
 * Of an imported run an epoch's number says nothing, as Lightning and timm count epochs from 0, and only what the file shows
 * counts: see `weightsIn` of the import. What it does not show is taken for trained.
 */
export function weightsAt({ study, imported }: Trained, epoch: number): CheckpointWeights {
  if (imported !== undefined) return imported.files.find((file) => file.epoch === epoch)?.weights ?? 'trained';
  if (epoch > 0) return 'trained';
  return study.model.weights === 'random' ? 'untrained' : 'beforeTraining';
}

/** The first of these epochs whose weights are untrained: what a randomisation check needs. Null where there is none. */
export function untrainedEpoch(run: Trained, epochs: readonly number[]): number | null {
  return epochs.find((epoch) => weightsAt(run, epoch) === 'untrained') ?? null;
}
