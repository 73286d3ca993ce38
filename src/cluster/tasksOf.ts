/** How far the tasks of a sweep's jobs are, from files alone: no scheduler is asked. */
import { readJson } from '../common/jsonFile';
import { jobPaths, readJobs, readTask, type StoredJob } from './jobFolder';
import { seenFileSchema } from './seenFile';
import { progressOfTask } from './progressOfTask';
import { knownTask } from './scheduler/settled';
import { isLive, type TaskProgress } from './taskProgress';

/** By what the tasks are: a cell's id, or "i/n". */
export type Tasks = ReadonlyMap<string, TaskProgress>;

/**
 * Of each cell the task that goes on, else that of the newest job: an older one says nothing any more.
 * @param sweepFolder the folder of queue.json, absolute
 * @param kind of which jobs
 * @param now milliseconds since 1970
 */
export async function tasksOf(
  sweepFolder: string,
  kind: StoredJob['job']['kind'] = 'cells',
  now = Date.now(),
): Promise<Tasks> {
  const jobs = (await readJobs(sweepFolder)).filter(({ job }) => job.kind === kind);
  const tasks = new Map<string, TaskProgress>();
  for (const each of await Promise.all(jobs.map((job) => tasksOfJob(job, now))))
    for (const [what, task] of each) if (!isLive(tasks.get(what)) || isLive(task)) tasks.set(what, task);
  return tasks;
}

/** Of one job, by what its tasks are, in their order. @param now milliseconds since 1970 */
export async function tasksOfJob(stored: StoredJob, now = Date.now()): Promise<[string, TaskProgress][]> {
  const { folder, job } = stored;
  const seen = await readJson(jobPaths(folder).seen, seenFileSchema);
  return Promise.all(
    job.tasks.map(async (what, index): Promise<[string, TaskProgress]> => {
      const word = await readTask(folder, index);
      return [what, progressOfTask(stored, index, knownTask(job.id, index, word, seen), now)];
    }),
  );
}
