/** Jobs of which nobody can read what they were handed, though their scheduler may have them still. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../common/errors';
import { JOB_NAME } from './jobFile';
import { jobPaths, readJob, readJobs } from './jobFolder';

export interface UnreadableJobs {
  /** Absolute; their job.json says nothing to this program: it is damaged, or gone. */
  readonly folders: readonly string[];
  /** Where they may have been handed over: the hosts of the others, else where is asked. None where there is no folder. */
  readonly hosts: readonly (string | null)[];
}

/**
 * @param sweepFolder the folder of queue.json, absolute
 * @param through see `lookAtScheduler`
 */
export async function unreadableJobs(sweepFolder: string, through: string | null = null): Promise<UnreadableJobs> {
  const jobs = join(sweepFolder, 'jobs');
  const names = await readdir(jobs).catch((): string[] => []);
  // What a file manager or a shared disk leaves there was never handed over.
  const all = names.filter((name) => JOB_NAME.test(name)).map((name) => join(jobs, name));
  const read = await Promise.all(all.map(readJob));
  const folders = all.filter((_, at) => read[at] === undefined);
  if (folders.length === 0) return { folders, hosts: [] };
  const hosts = new Set((await readJobs(sweepFolder)).map(({ job }) => job.host ?? through));
  return { folders, hosts: hosts.size === 0 ? [through] : [...hosts] };
}

/** That the scheduler has one of them, for which cells nobody knows; undefined where it has none. @param queued what it has */
export function unknownJob(
  folders: readonly string[],
  queued: readonly { readonly id: string; readonly name: string }[],
): InputError | undefined {
  const id = (folder: string): string | undefined => queued.find(({ name }) => name === basename(folder))?.id;
  const folder = folders.find((each) => id(each) !== undefined);
  if (folder === undefined) return undefined;
  const found = id(folder) ?? '';
  return new InputError('nobody can read which cells this job has', {
    file: jobPaths(folder).job,
    found: `job ${found} in the queue, of a file that is damaged or gone`,
    expected: 'what sweep --on has written',
    advice: `Wait for it, or cancel it by: scancel ${found}`,
  });
}
