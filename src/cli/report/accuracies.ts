/** Accuracies by epoch of checkpoints that were trained elsewhere: what their files do not say, predictions do. */
import type { MistakesContent, Part } from '../../report/content';
import type { EpochMetrics } from '../../runs';

/** @param metrics as the run keeps them @returns ascending, with a test accuracy for each epoch that was predicted */
export function withPredicted(metrics: readonly EpochMetrics[], mistakes: Part<MistakesContent>): EpochMetrics[] {
  if (!mistakes.there) return [...metrics];
  const { images, epochs } = mistakes.value;
  const all = new Map(metrics.map((each) => [each.epoch, each]));
  for (const { epoch, wrong } of epochs) {
    const kept = all.get(epoch) ?? { epoch, ...UNKNOWN };
    all.set(epoch, { ...kept, testAccuracy: kept.testAccuracy ?? (100 * (images - wrong)) / images });
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
