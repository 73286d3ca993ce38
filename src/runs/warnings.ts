/** What a person should know of a run before they believe its numbers. */
import { epochRanges } from '../common/epochRanges';
import { shellWord } from '../common/shellWord';
import { listCheckpoints } from './checkpoints/checkpoints';
import { checkpointFile } from './paths';
import { metricsWarnings, readMetricsFile, type MetricsFile } from './metrics/metricsFile';
import { readSums, type Sums } from './sums/sums';

/** A sentence each; empty of a run in which nothing was found wrong. Checkpoints are checked when they are read. */
export async function runWarnings(folder: string): Promise<string[]> {
  const [older, damage] = await Promise.all([olderWarnings(folder), damageWarnings(folder)]);
  return [...older, ...damage];
}

/**
 * What is damaged or gone, as far as it is known without reading what is large.
 * @param read the metrics of this folder, by whoever has read them
 */
export async function damageWarnings(folder: string, read?: MetricsFile): Promise<string[]> {
  const sums = await readSums(folder);
  const metrics = read ?? (await readMetricsFile(folder));
  if (sums === 'missing')
    return ['sums.jsonl is missing, so that nothing vouches for the files of this run.', ...metricsWarnings(metrics)];
  if (sums === 'never kept') return metricsWarnings(metrics);
  const newest = Math.max(-1, ...metrics.epochs.map(({ epoch }) => epoch));
  const missing = await missingCheckpoints(folder, sums, newest);
  const { damaged } = sums;
  return [
    ...(damaged.length === 0 ? [] : [`sums.jsonl: line ${epochRanges(damaged)} is damaged.`]),
    ...metricsWarnings(metrics),
    ...(missing.length === 0
      ? []
      : [`The checkpoint of epoch ${epochRanges(missing)} is gone from checkpoints/, and left out.`]),
  ];
}

/** Epochs whose checkpoint was written and not deleted on purpose. That of the newest may just not be there yet. */
async function missingCheckpoints(folder: string, sums: Sums, newest: number): Promise<number[]> {
  const present = new Set((await listCheckpoints(folder)).map(({ epoch }) => checkpointFile(epoch)));
  const gone = sums.rows().filter(({ file, epoch }) => epoch === undefined && isCheckpoint(file) && !present.has(file));
  return gone.map(({ file }) => epochOf(file)).filter((epoch) => epoch <= newest);
}

function isCheckpoint(file: string): boolean {
  return file === checkpointFile(epochOf(file));
}

function epochOf(file: string): number {
  return Number(/(\d+)\.safetensors$/.exec(file)?.[1]);
}

async function olderWarnings(folder: string): Promise<string[]> {
  const sums = await readSums(folder);
  if (sums === 'missing') return [];
  const unvouched = (await listCheckpoints(folder))
    .map(({ epoch }) => epoch)
    .filter((epoch) => sums === 'never kept' || epoch < sums.since);
  if (unvouched.length === 0) return [];
  const which = sums === 'never kept' ? 'the files of this run' : `the files of epochs ${epochRanges(unvouched)}`;
  const seal = `epochlens verify ${shellWord(folder)} --seal`;
  return [
    `An older version wrote ${which} and kept no checksums: they are taken as they are (${seal} keeps them from now on).`,
  ];
}
