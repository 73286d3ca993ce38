/** Asks the schedulers of a sweep's jobs how their tasks are, and keeps what they say in the jobs' folders. */
import { jsonHash } from '../../common/canonicalJson';
import { readJson, writeJson } from '../../common/jsonFile';
import type { JobFile } from '../jobFile';
import { jobPaths, readJobs, readTask, writeJob, type StoredJob } from '../jobFolder';
import { SEEN_FORMAT, seenFileSchema, type SeenFile } from '../seenFile';
import type { TaskFile } from '../taskFile';
import { unreadableJobs } from '../unreadableJobs';
import { afterEnd, afterLook, withCancelled, type AfterLook } from './afterLook';
import { endedTasks, type WhatIsKnown } from './ended';
import { isElsewhere } from './elsewhere';
import { lookAtQueue } from './lookAtQueue';
import type { Look } from './lookFile';
import { endOf } from './states';
import { isSettled, jobOf, knownTask, numberByTasks, type KnownTask } from './settled';
import { intervalMilliseconds } from './times';
import { isOurTurn } from './turns';

/**
 * Of a sweep's jobs those that are not over are asked after: by one `squeue` for all jobs of a scheduler, at most once a
 * minute whoever calls this, and of tasks that have gone without a word once each. Where all have ended nothing is asked,
 * but after jobs that cannot be read, see `unknownJobProblem`.
 * That a scheduler does not answer is no error: see `schedulerProblem`. Jobs of another cluster on the same disk, and of
 * another person, are left alone.
 * @param sweepFolder the folder of queue.json, absolute
 * @param through the destination for ssh of jobs that were submitted on the login node itself; null: this machine
 * @returns whether it said anything new
 */
export async function lookAtScheduler(sweepFolder: string, through: string | null = null): Promise<boolean> {
  const asked = await Promise.all((await readJobs(sweepFolder)).map((stored) => openOf(stored, through)));
  const open = asked.filter((each) => each !== undefined);
  const unreadable = await unreadableJobs(sweepFolder, through);
  const hosts = new Set([...open.map(({ host }) => host), ...unreadable.hosts]);
  let isNew = false;
  for (const host of hosts) {
    const look = await lookAtQueue(host);
    // While it does not answer, there is nothing to learn.
    if (typeof look?.at !== 'string' || look.problem !== null) continue;
    const answer = { ...look, at: look.at };
    for (const each of open) {
      if (each.host !== host || (await isElsewhere(each.job, through))) continue;
      isNew = (await note(each, answer)) || isNew;
    }
  }
  return isNew;
}

interface OpenJob extends StoredJob {
  /** Where its scheduler is asked. */
  readonly host: string | null;
  readonly seen: SeenFile | undefined;
  readonly words: readonly (TaskFile | undefined)[];
}

/** Undefined where nothing more is to be asked of any of its tasks. */
async function openOf(stored: StoredJob, through: string | null): Promise<OpenJob | undefined> {
  const { folder, job } = stored;
  const seen = await readJson(jobPaths(folder).seen, seenFileSchema);
  const words = await Promise.all(job.tasks.map((_, index) => readTask(folder, index)));
  const isOver = words.every((word, index) => {
    const known = knownTask(job.id, index, word, seen);
    return isSettled(known) && !lacksExit(known);
  });
  return isOver ? undefined : { ...stored, host: job.host ?? through, seen, words };
}

/** It failed without a word, and with what code is not known: the queue does not say. */
function lacksExit({ seen, word }: KnownTask): boolean {
  return seen?.state === 'FAILED' && seen.exit === undefined && word?.state !== 'ended';
}

async function note(open: OpenJob, answer: Look & { readonly at: string }): Promise<boolean> {
  const mended = open.job.id === null ? await mend(open, answer) : open.job;
  const said = mended === undefined ? cutShort(open, answer.at) : await seenOf(mended, open, answer);
  const { seen: path } = jobPaths(open.folder);
  const seen = withCancelled(said, await readJson(path, seenFileSchema));
  if (jsonHash(seen.tasks) === jsonHash(open.seen?.tasks ?? {})) return mended !== open.job;
  await writeJson(path, seen);
  return true;
}

async function seenOf(job: JobFile, open: OpenJob, answer: Look & { readonly at: string }): Promise<SeenFile> {
  const after = afterLook(job, open, answer, intervalMilliseconds());
  const ended = await endedOf(job, open, after);
  // Another process asks at this moment, and writes what it learns.
  if (ended === undefined) return open.seen ?? { format: SEEN_FORMAT, at: answer.at, tasks: {} };
  return withExits(afterEnd(after, ended), ended);
}

/**
 * Of the jobs of tasks that are gone, and of those that failed without a word, which say no more in the queue. Undefined
 * where another process asks the same after the same look.
 */
async function endedOf(
  job: JobFile,
  { words, host }: OpenJob,
  { seen, gone }: AfterLook,
): Promise<Map<string, WhatIsKnown> | undefined> {
  const wanted = new Map<string, number[]>();
  for (const [index, word] of words.entries()) {
    const isFailed = lacksExit(knownTask(job.id, index, word, seen));
    const id = gone.get(index) ?? (isFailed ? jobOf(job.id, word) : null);
    if (id !== null) wanted.set(id, [...(wanted.get(id) ?? []), index]);
  }
  if (wanted.size > 0 && !(await isOurTurn(host, `${job.name}-${String(Date.parse(seen.at))}`))) return undefined;
  const ended = new Map<string, WhatIsKnown>();
  for (const [id, indices] of wanted) ended.set(id, await endedTasks(host, id, indices));
  return ended;
}

/** The codes that failed tasks ended with; "" where nobody knows, so that it is not asked again. */
function withExits(seen: SeenFile, ended: ReadonlyMap<string, WhatIsKnown>): SeenFile {
  const tasks = Object.entries(seen.tasks).map(([index, task]) => {
    const known = task.job === undefined ? undefined : ended.get(task.job);
    if (task.state !== 'FAILED' || task.exit !== undefined || known === undefined) return [index, task] as const;
    const exit = (known.tasks.get(Number(index)) ?? known.tasks.get(null))?.exit ?? (known.isAll ? '' : undefined);
    return [index, exit === undefined ? task : { ...task, exit }] as const;
  });
  return { ...seen, tasks: Object.fromEntries(tasks) };
}

/** A submission that was cut short: the scheduler knows its number where it came so far. Undefined where it does not. */
async function mend({ folder, job, words }: OpenJob, { lines }: Look): Promise<JobFile | undefined> {
  const id = lines.find(({ name }) => name === job.name)?.job ?? numberByTasks(words);
  if (id === undefined) return undefined;
  const mended = { ...job, id };
  await writeJob(folder, mended);
  return mended;
}

/** All its tasks are missing, and gone once a second answer agrees. */
function cutShort({ job, seen }: OpenJob, at: string): SeenFile {
  if (Date.parse(at) <= Date.parse(job.submittedAt)) return { format: SEEN_FORMAT, at, tasks: seen?.tasks ?? {} };
  const tasks = job.tasks.map((_, index) => {
    const before = seen?.tasks[String(index)];
    const missingSince = before?.missingSince ?? at;
    const isGone =
      (before !== undefined && endOf(before.state) !== undefined) ||
      Date.parse(at) - Date.parse(missingSince) >= intervalMilliseconds();
    const state = isGone ? 'GONE' : 'PENDING';
    return [String(index), { state, reason: '', node: '', at: before?.at ?? at, missingSince }] as const;
  });
  return { format: SEEN_FORMAT, at, tasks: Object.fromEntries(tasks) };
}
