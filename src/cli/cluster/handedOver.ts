/** What is with the scheduler already, and what a submission that was cut short has left. */
import { readdir, rm } from 'node:fs/promises';
import {
  isElsewhere,
  jobPaths,
  numberByTasks,
  readJobs,
  readTask,
  slurmCommand,
  unknownJob,
  unreadableJobs,
  writeJob,
  type StoredJob,
} from '../../cluster';

/** A submission that nobody has seen the end of may still reach the scheduler for so long. */
const CUT_SHORT_MILLISECONDS = 10 * 60_000;

interface Queued {
  readonly id: string;
  readonly index: number;
  readonly name: string;
  /** Its processes are over, or are being killed. */
  readonly isEnding: boolean;
}

/** Everything of the person's that waits or runs. @throws InputError, WorkError where the scheduler does not answer */
export async function queuedOn(host: string | null): Promise<readonly Queued[]> {
  const text = await slurmCommand(host, 'squeue', ['--me', '-h', '-r', '-o', '%F|%K|%t|%j']);
  return text.split('\n').flatMap((line) => {
    const [id = '', index = '', state, ...name] = line.split('|');
    if (!/^\d+$/.test(index)) return [];
    return [{ id, index: Number(index), name: name.join('|').trim(), isEnding: state === 'CG' }];
  });
}

/**
 * The words of the tasks (cells' ids) that the scheduler of this host has, but for those that say themselves that they
 * have ended, or are being killed: it may take a while to let them go. Where `mends`, jobs without an id get theirs, and
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
  const { folders: unreadable } = await unreadableJobs(sweepFolder);
  if (jobs.length === 0 && unreadable.length === 0) return new Set();
  const queued = await queuedOn(host);
  refuseAny(unreadable, queued);
  if (mends) for (const stored of jobs) await mend(stored, queued);
  const byName = new Map(jobs.map((stored) => [stored.job.name, stored]));
  const words = queued.map(async ({ name, index, isEnding }) => {
    const stored = byName.get(name);
    if (stored === undefined || isEnding || (await readTask(stored.folder, index))?.state === 'ended') return [];
    return stored.job.tasks[index] ?? [];
  });
  return new Set((await Promise.all(words)).flat());
}

/**
 * What was asked of a sweep's tasks is not done of a job whose cells nobody can read: that has to be known.
 * @param through see `lookAtScheduler`
 * @throws InputError where the scheduler has such a job; InputError, WorkError where it does not answer
 */
export async function refuseUnknown(sweepFolder: string, through: string | null): Promise<void> {
  const { folders, hosts } = await unreadableJobs(sweepFolder, through);
  for (const host of hosts) refuseAny(folders, await queuedOn(host));
}

function refuseAny(folders: readonly string[], queued: readonly Queued[]): void {
  const unknown = unknownJob(folders, queued);
  if (unknown !== undefined) throw unknown;
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
