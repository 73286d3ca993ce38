/** metrics.jsonl: a line per epoch, epoch 0 included. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomically } from '../common/atomic';
import { appendLines, wholeLines } from './lines';
import { runPaths } from './paths';
import { readSums, sha256, type SumRow } from './sums';

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

/** The file's name, as in sums.jsonl. */
const FILE = 'metrics.jsonl';

/** A line that cannot be relied on, and is not: damaged, without a sum, or gone. */
export interface LostMetrics {
  /** From 1; undefined where the line is gone. */
  readonly line: number | undefined;
  /** Undefined where the line does not say. */
  readonly epoch: number | undefined;
}

export interface MetricsFile {
  /** In order; of an epoch given twice the later line counts. */
  readonly epochs: readonly EpochMetrics[];
  readonly lost: readonly LostMetrics[];
}

/** An epoch's line, and the row that vouches for it. */
export function metricsLine(metrics: EpochMetrics): { readonly line: string; readonly row: SumRow } {
  const line = JSON.stringify(metrics);
  return { line, row: { file: FILE, epoch: metrics.epoch, sha256: sha256(line) } };
}

/** Appends a line that has its sum already. */
export async function appendMetrics(folder: string, line: string): Promise<void> {
  await appendLines(runPaths(folder).metrics, [line]);
}

/** The epochs that can be relied on, in order. */
export async function readMetrics(folder: string): Promise<readonly EpochMetrics[]> {
  return (await readMetricsFile(folder)).epochs;
}

/** The epochs in order, and the lines that are not used: a kill's half line at the end is none of these. */
export async function readMetricsFile(folder: string): Promise<MetricsFile> {
  const lines = await readLines(folder);
  const whole = lines.flatMap(({ metrics }) => metrics ?? []);
  const byEpoch = new Map(whole.map((metrics) => [metrics.epoch, metrics]));
  const epochs = [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
  const damaged = lines.flatMap(({ number: line, epoch, metrics }): LostMetrics[] =>
    metrics === undefined ? [{ line, epoch }] : [],
  );
  return { epochs, lost: [...damaged, ...(await missing(folder, byEpoch, damaged))] };
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly epoch: number | undefined;
  /** Undefined where the line cannot be relied on. */
  readonly metrics: EpochMetrics | undefined;
}

async function readLines(folder: string): Promise<Line[]> {
  const text = await readFile(runPaths(folder).metrics, 'utf8').catch(() => '');
  const sums = await readSums(folder);
  const vouches = (line: string, epoch: number): boolean => {
    if (typeof sums === 'string') return sums === 'never kept';
    return epoch < sums.since || (sums.of(FILE, epoch) ?? []).includes(sha256(line));
  };
  return wholeLines(text).flatMap((line, index): Line[] => {
    if (line.trim() === '') return [];
    const metrics = parseLine(line);
    const whole = metrics !== undefined && vouches(line, metrics.epoch) ? metrics : undefined;
    return [{ text: line, number: index + 1, epoch: metrics?.epoch, metrics: whole }];
  });
}

/** Epochs before the newest whose line is gone: that of the newest may just not have been written yet. */
async function missing(
  folder: string,
  present: ReadonlyMap<number, EpochMetrics>,
  damaged: readonly LostMetrics[],
): Promise<LostMetrics[]> {
  const sums = await readSums(folder);
  if (typeof sums === 'string') return [];
  const newest = Math.max(-1, ...present.keys());
  const gone = sums
    .rows()
    .flatMap(({ file, epoch }) => (file === FILE && epoch !== undefined && epoch < newest ? [epoch] : []))
    .filter((epoch) => !present.has(epoch) && !damaged.some((lost) => lost.epoch === epoch));
  // A damaged line that does not say its epoch is most likely one of these.
  const nameless = damaged.filter(({ epoch }) => epoch === undefined).length;
  return gone.slice(nameless).map((epoch) => ({ line: undefined, epoch }));
}

/** Keeps the lines up to an epoch that can be relied on: a resumed training writes the later ones anew. */
export async function dropMetricsAfter(folder: string, epoch: number): Promise<void> {
  const lines = await readLines(folder);
  const kept = lines.filter(({ metrics }) => metrics !== undefined && metrics.epoch <= epoch);
  await writeFileAtomically(runPaths(folder).metrics, kept.map(({ text }) => `${text}\n`).join(''));
}

/** "line 3 (epoch 2)", "the line of epoch 2, which is gone" */
export function lostMetricsText({ line, epoch }: LostMetrics): string {
  if (line === undefined) return `the line of epoch ${String(epoch)}, which is gone`;
  return `line ${line}${epoch === undefined ? '' : ` (epoch ${epoch})`}`;
}

function parseLine(line: string): EpochMetrics | undefined {
  try {
    return epochMetricsSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
