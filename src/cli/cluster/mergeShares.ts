/** The shares of a command put together: by the task of a job that is the last to end. */
import { join } from 'node:path';
import { jobPaths, readTask } from '../../cluster';
import { writeFileAtomically } from '../../common/atomic';
import { WorkError } from '../../common/errors';
import type { Output } from '../printing/output';
import { runCommand } from '../sweep/child';
import type { Turn } from './turn';

/** What the command says with `--json`, as one process says it. @param folder the job's */
export function mergedPath(folder: string): string {
  return join(folder, 'merged.json');
}

/**
 * Once all tasks have ended well, the command without `--shard`: it finds everything kept. Of two that end at once both
 * may do so, and write the same.
 * @throws WorkError where it computes nothing, or what it says cannot be written
 */
export async function mergeShares({ folder, index, job }: Turn, output: Output, signal: AbortSignal): Promise<void> {
  const tasks = await Promise.all(job.tasks.map((_, at) => readTask(folder, at)));
  if (!tasks.every((task) => task?.state === 'ended' && task.error === undefined)) return;
  output.log('All shares are there: putting them together.');
  const words = [...(job.command ?? []), '--json'];
  // It would make room first, and delete what the shards have kept.
  const { stdout, error, code } = await runCommand(words, jobPaths(folder).log(index), signal, {
    EPOCHLENS_RESULTS_LIMIT_MB: '0',
  });
  // What misses a limit ends with 1, and has said all the same.
  if (stdout === '') {
    throw new WorkError('the shares are there, and could not be put together', {
      found: error ?? `its process ended with ${String(code)}`,
      advice: 'Run the command without --shard.',
    });
  }
  await writeFileAtomically(mergedPath(folder), stdout);
}
