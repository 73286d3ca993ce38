/** How accurate the checkpoints of an imported run are: as measured when they were imported, or now. */
import { importedAccuracies, storeMeasured, readMetrics, runNumbers } from '../../runs';
import type { MeasuredAccuracy, RunNumbers } from '../../runs';
import { NotComputedError, type CollectOptions } from './request';

/** @param present the epochs of all checkpoints that are there @throws CancelledError */
export async function collectAccuracies(asking: CollectOptions, present: readonly number[]): Promise<RunNumbers> {
  const { folder, manifest } = asking.run;
  const kept = await readMetrics(folder);
  const unmeasured = importedAccuracies(manifest, kept)
    .filter(({ epoch, measured }) => measured === null && present.includes(epoch))
    .map(({ epoch }) => epoch);
  const measured = await measure(asking, unmeasured);
  if (measured.size > 0) {
    await storeMeasured(folder, measured).catch(() => {
      asking.progress.log('The accuracies could not be kept: who shows the run without computing does not know them.');
    });
  }
  const { metrics, accuracies } = await runNumbers(folder, manifest, kept, measured);
  return { metrics, accuracies: accuracies.filter(({ epoch }) => present.includes(epoch)) };
}

/** Of those epochs that have predictions, or for which they may be computed. */
async function measure(
  { request, run, progress }: CollectOptions,
  epochs: readonly number[],
): Promise<Map<number, MeasuredAccuracy>> {
  const measured = new Map<number, MeasuredAccuracy>();
  for (const [at, epoch] of epochs.entries()) {
    const count = progress.count(`test images predicted by epoch ${epoch} (${at + 1} of ${epochs.length})`);
    try {
      const params = { run: run.folder, epoch, set: 'test' } as const;
      const { correct, labels } = await request('predictions', params, ({ done, of }) => count(done, of));
      if (labels.length > 0) measured.set(epoch, { right: correct, count: labels.length });
    } catch (error) {
      if (!(error instanceof NotComputedError)) throw error;
    }
  }
  return measured;
}
