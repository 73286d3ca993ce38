import type { TargetLayer } from '../../architectures';
import { CancelledError } from '../../common/errors';
import type { InputSettings } from '../../models/input';
import { namingWeights } from '../../models/finite';
import { disposeWeights, loadWeights } from '../../models/forward';
import type { Model } from '../../models/model';
import type { Watcher } from '../../models/evaluate';
import { createReadAhead, type WeightsFile } from '../readAhead';
import { explainImages, type ClassHeatmaps, type ImageToExplain } from './explain';

/** A checkpoint of a run, or weights that are no run's, whose epoch is null. */
export type CheckpointFile = WeightsFile & { readonly epoch: number | null };

export interface ExplainPlan {
  readonly model: Model;
  readonly checkpoints: readonly CheckpointFile[];
  readonly images: readonly ImageToExplain[];
  readonly input: InputSettings;
  readonly targetLayer: TargetLayer;
}

export interface ExplainedCheckpoint {
  readonly checkpoint: CheckpointFile;
  /** In the order of the plan's images. */
  readonly results: readonly ClassHeatmaps[];
}

/** Every image at every checkpoint, a checkpoint at a time, each read once. Progress counts images × checkpoints. */
export async function* explainCheckpoints(
  { model, checkpoints, images, input, targetLayer }: ExplainPlan,
  { signal, progress }: Watcher = {},
): AsyncGenerator<ExplainedCheckpoint> {
  const files = createReadAhead();
  try {
    for (const [index, checkpoint] of checkpoints.entries()) {
      if (signal?.aborted === true) throw new CancelledError();
      const weights = loadWeights(await files.read(model, checkpoint, checkpoints[index + 1]));
      try {
        const results = await namingWeights(checkpoint.path, () =>
          explainImages(model, weights, images, input, targetLayer, {
            signal,
            progress: (done) => progress?.(index * images.length + done, checkpoints.length * images.length),
          }),
        );
        yield { checkpoint, results };
      } finally {
        disposeWeights(weights);
      }
    }
  } finally {
    files.dispose();
  }
}
