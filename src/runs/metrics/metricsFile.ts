/** metrics.jsonl as it can be relied on: what is damaged in it is noticed, and mended from sums.jsonl. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { epochRanges } from '../../common/epochRanges';
import { succeeds } from '../../common/succeeds';
import { readLines } from './lines';
import { METRICS_FILE, parseMetricsLine, type EpochMetrics } from './metrics';
import { checkpointFile, runPaths } from '../paths';
import { appendSums, readSums, sha256, type NoSums, type Sums, type SumRow } from '../sums/sums';

/** A line that is damaged, or gone. */
export interface DamagedMetrics {
  /** From 1; undefined where the line is gone. */
  readonly line: number | undefined;
  /** Undefined where the line does not say. */
  readonly epoch: number | undefined;
}

export interface MetricsFile {
  /** In order; of an epoch given twice the later line counts, of one whose line is damaged its copy in sums.jsonl. */
  readonly epochs: readonly EpochMetrics[];
  /** Lines that are not used. A kill's half line at the end is none of these. */
  readonly damaged: readonly DamagedMetrics[];
  /** Epochs whose line is damaged, gone or not written yet, and whose copy in sums.jsonl is used. */
  readonly restored: readonly number[];
  /** Epochs whose metrics are lost: their line cannot be relied on, and there is no copy. */
  readonly lost: readonly number[];
}

/** The epochs that can be relied on, in order. */
export async function readMetrics(folder: string): Promise<readonly EpochMetrics[]> {
  return (await readMetricsFile(folder)).epochs;
}

/** The epochs, and what is wrong with the file. */
export async function readMetricsFile(folder: string): Promise<MetricsFile> {
  const { whole, read, damaged, gone, restored, lost } = await examine(folder);
  const epochs = [...whole.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([epoch, line]) => (restored.includes(epoch) ? parseMetricsLine(line) : read.get(epoch)) ?? []);
  // A damaged line that does not say its epoch is most likely one of those that are not there.
  const nameless = damaged.filter(({ epoch }) => epoch === undefined).length;
  return { epochs, damaged: [...damaged, ...gone.slice(nameless)], restored, lost };
}

/** A line of the file, in its order. */
export interface MetricsLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Undefined where the line does not say. */
  readonly epoch: number | undefined;
  readonly metrics: EpochMetrics | undefined;
  /** Whether it can be relied on. */
  readonly isWhole: boolean;
}

/** The lines that end, but for empty ones. @throws InputError, WorkError where the file cannot be read */
export async function readMetricsLines(folder: string): Promise<MetricsLine[]> {
  const sums = await readSums(folder);
  const { whole } = await readLines(runPaths(folder).metrics);
  return whole.flatMap((text, index): MetricsLine[] => {
    if (text.trim() === '') return [];
    const metrics = parseMetricsLine(text);
    const epoch = metrics?.epoch;
    const isWhole = epoch !== undefined && vouchesFor(sums, epoch, text);
    return [{ text, number: index + 1, epoch, metrics, isWhole }];
  });
}

interface Lines {
  /** By epoch: lines that can be relied on, and copies of those that cannot. */
  readonly whole: ReadonlyMap<number, string>;
  /** What those of the file say that can be relied on. */
  readonly read: ReadonlyMap<number, EpochMetrics>;
  readonly damaged: readonly DamagedMetrics[];
  readonly gone: readonly DamagedMetrics[];
  readonly restored: readonly number[];
  readonly lost: readonly number[];
}

async function examine(folder: string): Promise<Lines> {
  const sums = await readSums(folder);
  const lines = await readMetricsLines(folder);
  const whole = new Map(lines.flatMap(({ epoch, isWhole, text }) => (isWhole ? [[epoch as number, text]] : [])));
  const read = new Map(lines.flatMap(({ metrics, isWhole }) => (isWhole && metrics ? [[metrics.epoch, metrics]] : [])));
  const damaged = lines.flatMap(({ number: line, epoch, isWhole }) => (isWhole ? [] : [{ line, epoch }]));
  const gone: DamagedMetrics[] = [];
  const restored: number[] = [];
  const newest = Math.max(-1, ...whole.keys());
  const missing = typeof sums === 'string' ? [] : missingEpochs(sums, whole);
  // The newest epoch's row is written before its files, and its line after them: a kill in between is no damage.
  const late = missing.filter((epoch) => epoch > newest);
  for (const epoch of missing) {
    if (epoch > newest && !(await hasCheckpoint(folder, epoch))) continue;
    const copy = (sums as Sums).copyOf(METRICS_FILE, epoch);
    if (copy !== undefined) {
      whole.set(epoch, copy);
      restored.push(epoch);
      if (late.length === 1 && late[0] === epoch) continue;
    }
    if (!damaged.some((line) => line.epoch === epoch)) gone.push({ line: undefined, epoch });
  }
  const unsure = [...damaged, ...gone].flatMap(({ epoch }) => (epoch === undefined || whole.has(epoch) ? [] : [epoch]));
  return { whole, read, damaged, gone, restored, lost: [...new Set(unsure)].sort((a, b) => a - b) };
}

function vouchesFor(sums: Sums | NoSums, epoch: number, line: string): boolean {
  if (typeof sums === 'string') return sums === 'never kept';
  if (epoch < sums.since || (sums.of(METRICS_FILE, epoch) ?? []).includes(sha256(line))) return true;
  // As JSON holds a text, but for the quotes.
  return sums.isInDamagedRow(sha256(line)) || sums.isInDamagedRow(JSON.stringify(line).slice(1, -1));
}

function missingEpochs(sums: Sums, whole: ReadonlyMap<number, string>): number[] {
  const known = sums.rows().flatMap(({ file, epoch }) => (file === METRICS_FILE ? (epoch ?? []) : []));
  return known.filter((epoch) => !whole.has(epoch)).sort((a, b) => a - b);
}

async function hasCheckpoint(folder: string, epoch: number): Promise<boolean> {
  return succeeds(stat(join(folder, checkpointFile(epoch))));
}

/**
 * Keeps the epochs up to one: a resumed training writes the later ones anew. Damaged lines are mended by their copies; those
 * that cannot be relied on stay as they are, for whoever can tell.
 */
export async function dropMetricsAfter(folder: string, last: number): Promise<void> {
  const { whole } = await examine(folder);
  const unsure = (await readMetricsLines(folder)).flatMap(({ epoch, text }): [number, string][] =>
    epoch === undefined || whole.has(epoch) ? [] : [[epoch, text]],
  );
  await forgetMetricsAfter(folder, last);
  const kept = [...whole, ...unsure].filter(([epoch]) => epoch <= last).sort(([a], [b]) => a - b);
  await writeFileAtomically(runPaths(folder).metrics, kept.map(([, line]) => `${line}\n`).join(''));
}

/** So that lines which are dropped on purpose are not missed. */
async function forgetMetricsAfter(folder: string, last: number): Promise<void> {
  const sums = await readSums(folder);
  if (typeof sums === 'string') return;
  const later = sums.rows().filter(({ file, epoch = -1 }) => file === METRICS_FILE && epoch > last);
  const dropped = later.map(({ file, epoch = 0 }): SumRow => ({ file, epoch, sha256: null }));
  if (dropped.length > 0) await appendSums(folder, dropped, sums.since);
}

/** "line 3 (epoch 2)", "the line of epoch 2" */
function damagedMetricsText({ line, epoch }: DamagedMetrics): string {
  if (line === undefined) return `the line of epoch ${String(epoch)}`;
  return `line ${line}${epoch === undefined ? '' : ` (epoch ${epoch})`}`;
}

/** So many lines are named in a warning. */
const MOST_NAMED = 5;

/** What is wrong with metrics.jsonl, a sentence each, for a person. */
export function metricsWarnings({ damaged, restored, lost }: Omit<MetricsFile, 'epochs'>): string[] {
  const more = damaged.length - MOST_NAMED;
  const named = damaged.slice(0, MOST_NAMED).map(damagedMetricsText);
  const lines = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const used = restored.length === 0 ? '' : ` Of epoch ${epochRanges(restored)} the copy in sums.jsonl is used.`;
  return [
    ...(damaged.length === 0
      ? []
      : [`metrics.jsonl: ${lines} ${damaged.length === 1 ? 'is' : 'are'} damaged or gone.${used}`]),
    ...(lost.length === 0 ? [] : [`metrics.jsonl: the numbers of epoch ${epochRanges(lost)} are lost, and left out.`]),
  ];
}
