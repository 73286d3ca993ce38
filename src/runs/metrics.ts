/** metrics.jsonl: a line per epoch, epoch 0 included. */
import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fileError, writeFileAtomically } from '../common/atomic';
import { runPaths } from './paths';

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
});
export type EpochMetrics = z.output<typeof epochMetricsSchema>;

/** Appends an epoch. What a killed process left of a line is removed first. */
export async function appendMetrics(folder: string, metrics: EpochMetrics): Promise<void> {
  const path = runPaths(folder).metrics;
  try {
    const file = await open(path, 'a+');
    try {
      const content = await file.readFile();
      const whole = content.lastIndexOf(0x0a) + 1;
      if (whole < content.length) await file.truncate(whole);
      await file.appendFile(`${JSON.stringify(metrics)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError('could not be written', path, error);
  }
}

/** The epochs in order. Torn and foreign lines are passed over; of an epoch given twice the later line counts. */
export async function readMetrics(folder: string): Promise<EpochMetrics[]> {
  const text = await readFile(runPaths(folder).metrics, 'utf8').catch(() => '');
  const byEpoch = new Map<number, EpochMetrics>();
  for (const line of text.split('\n')) {
    const metrics = parseLine(line);
    if (metrics !== undefined) byEpoch.set(metrics.epoch, metrics);
  }
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

/** Keeps the lines up to an epoch: a resumed training writes the later ones anew. */
export async function dropMetricsAfter(folder: string, epoch: number): Promise<void> {
  const kept = (await readMetrics(folder)).filter((metrics) => metrics.epoch <= epoch);
  await writeFileAtomically(runPaths(folder).metrics, kept.map((metrics) => `${JSON.stringify(metrics)}\n`).join(''));
}

function parseLine(line: string): EpochMetrics | undefined {
  try {
    return epochMetricsSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
