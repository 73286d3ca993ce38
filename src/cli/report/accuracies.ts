/** How accurate the checkpoints of an imported run are: as measured when they were imported, or now. */
import { importedAccuracies, measuredMetrics, percentRight, readMetrics } from '../../runs';
import type { CheckpointAccuracy, EpochMetrics, MeasuredAccuracy } from '../../runs';
import { showCount } from '../progress';
import { NotComputedError, type Asking } from './ask';

/** What a report says of accuracy: of a run that was trained here what it has measured itself. */
export interface Accuracies {
  readonly metrics: readonly EpochMetrics[];
  readonly accuracies: readonly CheckpointAccuracy[];
}

/** @param present the epochs of all checkpoints that are there @throws CancelledError */
export async function gatherAccuracies(asking: Asking, present: readonly number[]): Promise<Accuracies> {
  const { folder, manifest } = asking.run;
  const kept = await readMetrics(folder);
  if (manifest.imported === undefined) return { metrics: kept, accuracies: [] };
  const unmeasured = importedAccuracies(manifest, kept)
    .filter(({ epoch, measured }) => measured === null && present.includes(epoch))
    .map(({ epoch }) => epoch);
  const measured = await measure(asking, unmeasured);
  const all = importedAccuracies(manifest, kept, measured);
  const accuracies = all.filter(({ epoch }) => present.includes(epoch));
  return { metrics: withMeasured(measuredMetrics(manifest, kept), all), accuracies };
}

/** Of those epochs that have predictions, or for which they may be computed. */
async function measure(
  { ask, run, output }: Asking,
  epochs: readonly number[],
): Promise<Map<number, MeasuredAccuracy>> {
  const measured = new Map<number, MeasuredAccuracy>();
  for (const [at, epoch] of epochs.entries()) {
    const count = showCount(output, `test images predicted by epoch ${epoch} (${at + 1} of ${epochs.length})`);
    try {
      const params = { run: run.folder, epoch, set: 'test' } as const;
      const { correct, labels } = await ask('predictions', params, ({ done, of }) => count(done, of));
      if (labels.length > 0) measured.set(epoch, { right: correct, count: labels.length });
    } catch (error) {
      if (!(error instanceof NotComputedError)) throw error;
    }
  }
  return measured;
}

/** @returns ascending, with a test accuracy of each epoch that was measured */
export function withMeasured(
  metrics: readonly EpochMetrics[],
  accuracies: readonly CheckpointAccuracy[],
): EpochMetrics[] {
  const all = new Map(metrics.map((each) => [each.epoch, each]));
  for (const { epoch, measured } of accuracies) {
    if (measured === null || all.has(epoch)) continue;
    all.set(epoch, { epoch, ...UNKNOWN, testAccuracy: percentRight(measured), testImages: measured.count });
  }
  return [...all.values()].sort((a, b) => a.epoch - b.epoch);
}

const UNKNOWN: Omit<EpochMetrics, 'epoch'> = {
  trainLoss: null,
  trainAccuracy: null,
  testLoss: null,
  testAccuracy: null,
  learningRate: null,
  seconds: null,
  imagesPerSecond: null,
};
