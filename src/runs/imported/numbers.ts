/** The numbers of a run: of an imported one what was measured, when it was imported or since, beside what its files claim. */
import * as z from 'zod';
import type { RunManifest } from '../manifest';
import { UNMEASURED, type EpochMetrics } from '../metrics/metrics';
import { jsonResults } from '../results/results';
import {
  importedAccuracies,
  measuredMetrics,
  percentRight,
  type CheckpointAccuracy,
  type MeasuredAccuracy,
} from './accuracies';

export interface RunNumbers {
  /** What was measured, by epoch. */
  readonly metrics: readonly EpochMetrics[];
  /** Of an imported run every checkpoint, ascending; else empty. */
  readonly accuracies: readonly CheckpointAccuracy[];
}

/** @param kept the run's lines of metrics @param since accuracies that were measured just now, by epoch */
export async function runNumbers(
  folder: string,
  manifest: Pick<RunManifest, 'imported'>,
  kept: readonly EpochMetrics[],
  since: ReadonlyMap<number, MeasuredAccuracy> = new Map(),
): Promise<RunNumbers> {
  if (manifest.imported === undefined) return { metrics: kept, accuracies: [] };
  const others = new Map([...(await measuredSince(folder)), ...since]);
  const accuracies = importedAccuracies(manifest, kept, others);
  return { metrics: withMeasured(measuredMetrics(manifest, kept), accuracies), accuracies };
}

/** There is one such result in a run. */
const INPUTS = { method: 'accuracies 1' };
const measuredSchema = z.array(z.object({ epoch: z.int().min(0), right: z.int().min(0), count: z.int().min(1) }));
const ACCURACIES = jsonResults('accuracies', measuredSchema, (inputs: typeof INPUTS) => inputs);

/** Where the data came later than the import: for whoever shows the run without computing. @throws WorkError */
export async function storeMeasured(folder: string, measured: ReadonlyMap<number, MeasuredAccuracy>): Promise<void> {
  const all = new Map([...(await measuredSince(folder)), ...measured]);
  const value = [...all].map(([epoch, accuracy]) => ({ epoch, ...accuracy }));
  await ACCURACIES.store(folder, INPUTS, value);
}

async function measuredSince(folder: string): Promise<Map<number, MeasuredAccuracy>> {
  const kept = (await ACCURACIES.load(folder, INPUTS)) ?? [];
  return new Map(kept.map(({ epoch, ...accuracy }) => [epoch, accuracy]));
}

/** @returns ascending, with a test accuracy of each epoch that was measured */
export function withMeasured(
  metrics: readonly EpochMetrics[],
  accuracies: readonly CheckpointAccuracy[],
): EpochMetrics[] {
  const all = new Map(metrics.map((each) => [each.epoch, each]));
  for (const { epoch, measured } of accuracies) {
    if (measured === null || all.has(epoch)) continue;
    all.set(epoch, { epoch, ...UNMEASURED, testAccuracy: percentRight(measured), testImages: measured.count });
  }
  return [...all.values()].sort((a, b) => a.epoch - b.epoch);
}
