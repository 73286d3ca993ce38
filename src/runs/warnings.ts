/** What a person should know of a run before they believe its numbers. */
import { listCheckpoints, rangesText } from './checkpoints';
import { metricsWarnings, readMetricsFile } from './metricsFile';
import { readSums } from './sums';

/** A sentence each; empty of a run in which nothing was found wrong. Checkpoints are checked when they are read. */
export async function runWarnings(folder: string): Promise<string[]> {
  const sums = await readSums(folder);
  const metrics = metricsWarnings(await readMetricsFile(folder));
  if (sums === 'missing')
    return ['sums.jsonl is missing, so that nothing vouches for the files of this run.', ...metrics];
  const unvouched = (await listCheckpoints(folder))
    .map(({ epoch }) => epoch)
    .filter((epoch) => sums === 'never kept' || epoch < sums.since);
  if (unvouched.length === 0) return metrics;
  const which = sums === 'never kept' ? 'the files of this run' : `the files of epochs ${rangesText(unvouched)}`;
  return [
    `An older version wrote ${which} and kept no checksums: they are taken as they are (epochlens verify RUN --seal keeps them from now on).`,
    ...metrics,
  ];
}
