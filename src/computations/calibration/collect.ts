/** Gathers a checkpoint's logits until all are there, has them measured in a thread, and tells what comes of it. */
import type { Calibration } from '../../measures/calibration/measured';
import type { LabelledLogits } from '../../measures/calibration/outcomes';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { RequestOptions } from '../computation';
import { measuring } from '../worker/worker';
import type { ImagesToPredict } from './logits';
import type { CalibrationPlan } from './plan';
import type { CalibrationProgress, CalibrationResultMessage } from './schema';

type State = CalibrationResultMessage['state'];

/** Keeps the scores of a checkpoint. */
export type KeepScores = (checkpoint: HashedCheckpoint, calibration: Calibration) => Promise<void>;

export interface Collector {
  put(checkpoint: HashedCheckpoint, images: ImagesToPredict, logits: Float32Array, state: State): void;
  /** Waits for what is still measured. @returns of how many checkpoints all logits were kept, and of how many not */
  done(): Promise<{ kept: number; computed: number }>;
}

export function createCollector(
  { test, validation, perturbed, all }: CalibrationPlan,
  classes: number,
  keep: KeepScores | undefined,
  { signal, progress }: RequestOptions<CalibrationProgress>,
): Collector {
  const gathered = new Map<HashedCheckpoint, { logits: Map<ImagesToPredict, Float32Array>; state: State }>();
  const counts = { kept: 0, computed: 0 };
  let told: Promise<void> = Promise.resolve();

  async function measure(logits: ReadonlyMap<ImagesToPredict, Float32Array>) {
    const of = (images: ImagesToPredict): Float32Array => logits.get(images) as Float32Array;
    const labelled = (images: ImagesToPredict): LabelledLogits => ({
      logits: of(images),
      labels: images.set.labels.slice(0, images.count),
      classes,
    });
    return measuring.run(
      'calibrate',
      {
        test: labelled(test),
        validation: validation && labelled(validation),
        perturbed: perturbed.map(({ entry, title, rounds }) => ({ entry, title, rounds: rounds.map(of) })),
      },
      signal,
    );
  }

  return {
    put(checkpoint, images, logits, state) {
      const found = gathered.get(checkpoint) ?? { logits: new Map<ImagesToPredict, Float32Array>(), state };
      gathered.set(checkpoint, found);
      found.logits.set(images, logits);
      if (state === 'computed') found.state = state;
      if (found.logits.size < all.length) return;
      gathered.delete(checkpoint);
      counts[found.state]++;
      const measured = measure(found.logits);
      told = Promise.all([measured, told]).then(async ([calibration]) => {
        await keep?.(checkpoint, calibration);
        progress({ kind: 'result', epoch: checkpoint.epoch, state: found.state, calibration });
      });
      // Heard at the end.
      told.catch(() => undefined);
    },
    async done() {
      await told;
      return counts;
    },
  };
}
