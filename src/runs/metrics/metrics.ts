/** A line of metrics.jsonl: one per epoch, epoch 0 included. */
import * as z from 'zod';
import { appendLines } from './lines';
import { runPaths } from '../paths';
import { sha256, type SumRow } from '../sums/sums';

/** JSON has no NaN or infinity: a loss that diverged is null. */
const number = z.number().nullable();

/** Accuracies in per cent, losses as mean cross-entropy. Null is what was not measured, or not a number. */
const epochMetricsSchema = z.object({
  epoch: z.int().min(0),
  trainLoss: number,
  trainAccuracy: number,
  testLoss: number,
  testAccuracy: number,
  learningRate: number,
  seconds: number,
  imagesPerSecond: number,
  /** How many images the test accuracy is of; absent where that is not kept. */
  testImages: z.int().min(1).exactOptional(),
  /** Of the training images that are kept back; absent where the study keeps none back. */
  validationLoss: number.exactOptional(),
  validationAccuracy: number.exactOptional(),
  validationImages: z.int().min(1).exactOptional(),
  /** Under PGD, of images that are not trained on: validation images where there are some, else test images. */
  attackedAccuracy: z.number().exactOptional(),
  attackedImages: z.int().min(1).exactOptional(),
});
export type EpochMetrics = z.output<typeof epochMetricsSchema>;

/** Of an epoch of which nothing was measured: of another's training little is known. */
export const UNMEASURED: Omit<EpochMetrics, 'epoch'> = {
  trainLoss: null,
  trainAccuracy: null,
  testLoss: null,
  testAccuracy: null,
  learningRate: null,
  seconds: null,
  imagesPerSecond: null,
};

/** The file's name, as in sums.jsonl. */
export const METRICS_FILE = 'metrics.jsonl';

/** An epoch's line, and the row that vouches for it. */
export function metricsLine(metrics: EpochMetrics): { readonly line: string; readonly row: SumRow } {
  const line = JSON.stringify(metrics);
  return { line, row: { file: METRICS_FILE, epoch: metrics.epoch, sha256: sha256(line), line } };
}

/** Appends a line that has its sum already. */
export async function appendMetrics(folder: string, line: string): Promise<void> {
  await appendLines(runPaths(folder).metrics, [line]);
}

/** Undefined where it is not one. */
export function parseMetricsLine(line: string): EpochMetrics | undefined {
  try {
    return epochMetricsSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
