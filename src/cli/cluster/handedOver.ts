/** What is with the scheduler already, and what a submission that was cut short has left. */
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  isElsewhere,
  jobPaths,
  numberByTasks,
  readJob,
  readJobs,
  readTask,
  slurmCommand,
  writeJob,
  type StoredJob,
} from '../../cluster';
import { InputError } from '../../common/errors';

/** A submission that nobody has seen the end of may still reach the scheduler for so long. */
const CUT_SHORT_MILLISECONDS = 10 * 60_000;

interface Queued {
  readonly id: string;
  readonly index: number;
  readonly name: string;
}

/** Everything of the person's that waits or runs. @throws InputError, WorkError where the scheduler does not answer */
export async function queuedOn(host: string | null): Promise<readonly Queued[]> {
  const text = await slurmCommand(host, 'squeue', ['--me', '-h', '-r', '-o', '%F|%K|%j']);
  return text.split('\n').flatMap((line) => {
    const [id = '', index = '', ...name] = line.split('|');
    return /^\d+$/.test(index) ? [{ id, index: Number(index), name: name.join('|').trim() }] : [];
  });
}

/**
 * The words of the tasks (cells' ids) that the scheduler of this host has. Where `mends`, jobs without an id get theirs, and
 * those that the scheduler never got are removed: only under the lock of submissions.
 */
export async function handedOver(
  sweepFolder: string,
  host: string | null,
  mends: boolean,
): Promise<ReadonlySet<string>> {
  const own = (await readJobs(sweepFolder)).filter(({ job }) => job.host === host);
  const elsewhere = await Promise.all(own.map(({ job }) => isElsewhere(job)));
  const jobs = own.filter((_, at) => elsewhere[at] !== true);
  const unreadable = await unreadableJobs(sweepFolder);
  if (jobs.length === 0 && unreadable.length === 0) return new Set();
  const queued = await queuedOn(host);
  for (const folder of unreadable) refuseUnknown(folder, queued);
  if (mends) for (const stored of jobs) await mend(stored, queued);
  const byName = new Map(jobs.map(({ job }) => [job.name, job]));
  return new Set(queued.flatMap(({ name, index }) => byName.get(name)?.tasks[index] ?? []));
}

/** Folders of jobs whose job.json says nothing to this program: damaged, or gone. */
async function unreadableJobs(sweepFolder: string): Promise<string[]> {
  const jobs = join(sweepFolder, 'jobs');
  const names = await readdir(jobs).catch((): string[] => []);
  const folders = names.map((name) => join(jobs, name));
  const read = await Promise.all(folders.map(readJob));
  return folders.filter((_, at) => read[at] === undefined);
}

/** Which cells it has nobody can say, so that they might be handed over twice. */
function refuseUnknown(folder: string, queued: readonly Queued[]): void {
  const found = queued.find(({ name }) => name === basename(folder));
  if (found === undefined) return;
  throw new InputError('nobody can read which cells this job has', {
    file: jobPaths(folder).job,
    found: `job ${found.id} in the queue, of a file that is damaged or gone`,
    expected: 'what sweep --on has written',
    advice: `Wait for it, or cancel it by: scancel ${found.id}`,
  });
}

async function mend({ folder, job }: StoredJob, queued: readonly Queued[]): Promise<void> {
  if (job.id !== null) return;
  const words = await Promise.all(job.tasks.map((_, index) => readTask(folder, index)));
  const id = queued.find(({ name }) => name === job.name)?.id ?? numberByTasks(words);
  if (id !== undefined) await writeJob(folder, { ...job, id });
  else if (Date.now() - Date.parse(job.submittedAt) > CUT_SHORT_MILLISECONDS && !(await hasBegun(folder)))
    await rm(folder, { recursive: true, force: true });
}

/** Tasks have written something, so that the scheduler had it. */
async function hasBegun(folder: string): Promise<boolean> {
  const { tasks, logs } = jobPaths(folder);
  for (const each of [tasks, logs]) if ((await readdir(each).catch((): string[] => [])).length > 0) return true;
  return false;
}
