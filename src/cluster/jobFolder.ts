/**
 * The folders of what was handed to a scheduler: `.epochlens/sweeps/FILE/jobs/NAME/`. Each file in one has one writer, and
 * is written whole.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../common/folders';
import { readJson, writeJson } from '../common/jsonFile';
import { jobFileSchema, type JobFile } from './jobFile';
import { taskFileSchema, type TaskFile } from './taskFile';

export interface JobPaths {
  readonly job: string;
  /** The script as it was submitted. */
  readonly script: string;
  /** What the scheduler said last. */
  readonly seen: string;
  readonly tasks: string;
  readonly logs: string;
  /** What a task says of itself. @param index from 0 on, as the scheduler counts the array's tasks */
  readonly task: (index: number) => string;
  /** What a task prints, appended to at each beginning. */
  readonly log: (index: number) => string;
}

/** @param folder a job's, absolute */
export function jobPaths(folder: string): JobPaths {
  const tasks = join(folder, 'tasks');
  const logs = join(folder, 'logs');
  return {
    job: join(folder, 'job.json'),
    script: join(folder, 'script.sh'),
    seen: join(folder, 'seen.json'),
    tasks,
    logs,
    task: (index) => join(tasks, `${String(index)}.json`),
    log: (index) => join(logs, `${String(index)}.txt`),
  };
}

/** Of a job by its name. @param sweepFolder the folder of queue.json, absolute */
export function jobFolder(sweepFolder: string, name: string): string {
  return join(sweepFolder, 'jobs', name);
}

export interface StoredJob {
  /** Absolute. */
  readonly folder: string;
  readonly job: JobFile;
}

/** All that were handed to Slurm for a sweep, the newest last. What is not ours is left out. */
export async function readJobs(sweepFolder: string): Promise<StoredJob[]> {
  const names = await readdir(join(sweepFolder, 'jobs')).catch((): string[] => []);
  const found = await Promise.all(
    names.map(async (name): Promise<StoredJob[]> => {
      const folder = jobFolder(sweepFolder, name);
      const job = await readJob(folder);
      return job?.scheduler === 'slurm' ? [{ folder, job }] : [];
    }),
  );
  return found.flat().sort((a, b) => a.job.submittedAt.localeCompare(b.job.submittedAt));
}

/** Undefined where there is none, or none of ours. */
export function readJob(folder: string): Promise<JobFile | undefined> {
  return readJson(jobPaths(folder).job, jobFileSchema);
}

/** Makes the folders where they are absent. @throws WorkError */
export async function writeJob(folder: string, job: JobFile): Promise<void> {
  const { tasks, logs, job: path } = jobPaths(folder);
  for (const each of [tasks, logs]) await makeFolder(each);
  await writeJson(path, job);
}

/** Undefined where the task has not begun. */
export function readTask(folder: string, index: number): Promise<TaskFile | undefined> {
  return readJson(jobPaths(folder).task(index), taskFileSchema);
}

/** Only by the task itself. @throws WorkError */
export async function writeTask(folder: string, index: number, task: TaskFile): Promise<void> {
  await writeJson(jobPaths(folder).task(index), task);
}
