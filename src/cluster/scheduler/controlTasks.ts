/** Cancels, holds and releases tasks, exactly those that are meant. */
import { basename } from 'node:path';
import { isReportedError } from '../../common/errors';
import { readJson, writeJson } from '../../common/jsonFile';
import { jobPaths, readJob, writeJob } from '../jobFolder';
import { SEEN_FORMAT, seenFileSchema } from '../seenFile';
import { slurmCommand } from '../slurmCommand';
import type { TaskProgress } from '../taskProgress';
import { isElsewhere } from './elsewhere';
import { endOf } from './states';

/**
 * A task that is not in the queue any more is no error. They are marked as cancelled, so that whoever looks before the
 * scheduler is asked again sees it.
 * @param through see `lookAtScheduler`
 * @returns those of another cluster or person, which are left alone: here their numbers may be other jobs'
 * @throws InputError, WorkError where the scheduler does not answer
 */
export async function cancelTasks(
  given: readonly TaskProgress[],
  through: string | null = null,
): Promise<readonly TaskProgress[]> {
  const { tasks, left } = await meant(given, through);
  await control(tasks, 'scancel');
  for (const folder of new Set(tasks.map(({ job }) => job)))
    await markCancelled(
      folder,
      tasks.filter(({ job }) => job === folder),
    );
  return left;
}

/** Those that have not begun are not begun before they are released. @returns, @throws as `cancelTasks` */
export async function holdTasks(
  given: readonly TaskProgress[],
  through: string | null = null,
): Promise<readonly TaskProgress[]> {
  const { tasks, left } = await meant(given, through);
  await control(tasks, 'scontrol', 'hold');
  return left;
}

/** @returns, @throws as `cancelTasks` */
export async function releaseTasks(
  given: readonly TaskProgress[],
  through: string | null = null,
): Promise<readonly TaskProgress[]> {
  const { tasks, left } = await meant(given, through);
  await control(tasks, 'scontrol', 'release');
  return left;
}

/** Those that can be named to a scheduler here, with where that is, and the others. */
async function meant(
  given: readonly TaskProgress[],
  through: string | null,
): Promise<{ readonly tasks: readonly TaskProgress[]; readonly left: readonly TaskProgress[] }> {
  const own: TaskProgress[] = [];
  const left: TaskProgress[] = [];
  for (const task of given) ((await isElsewhere(task, through)) ? left : own).push(task);
  return { tasks: await numbered(own.map((task) => ({ ...task, host: task.host ?? through }))), left };
}

/**
 * With the numbers of jobs whose submission was cut short before it had one: the scheduler may have them all the same.
 * What it does not have stays without.
 */
async function numbered(tasks: readonly TaskProgress[]): Promise<readonly TaskProgress[]> {
  const jobs = new Map<string, string | undefined>();
  for (const { id, job: folder, host } of tasks)
    if (id === undefined && !jobs.has(folder)) jobs.set(folder, await numberOf(folder, host));
  return tasks.map((task) => {
    const job = task.id === undefined ? jobs.get(task.job) : undefined;
    return job === undefined ? task : { ...task, id: `${job}_${String(task.index)}` };
  });
}

async function numberOf(folder: string, host: string | null): Promise<string | undefined> {
  const words = ['--me', '--noheader', `--name=${basename(folder)}`, '--format=%F'];
  const id = /^\d+$/m.exec(await slurmCommand(host, 'squeue', words))?.[0];
  const job = id === undefined ? undefined : await readJob(folder);
  if (job?.id === null && id !== undefined) await writeJob(folder, { ...job, id });
  return id;
}

/** Whatever becomes of one job, the others are meant as well. @throws what the first said that refused */
async function control(
  tasks: readonly TaskProgress[],
  program: 'scancel' | 'scontrol',
  ...words: readonly string[]
): Promise<void> {
  const refused: unknown[] = [];
  for (const host of new Set(tasks.map((task) => task.host))) {
    const ids = tasks.flatMap((task) => (task.host === host && task.id !== undefined ? [task.id] : []));
    for (const id of together(ids))
      await slurmCommand(host, program, [...words, id]).catch((error: unknown) => {
        if (!isDoneAllTheSame(error)) refused.push(error);
      });
  }
  if (refused.length > 0) throw refused[0];
}

/** "7_0", "7_1", "7_3", "9" as Slurm takes them at once: "7_[0,1,3]", "9". */
export function together(ids: readonly string[]): string[] {
  const indices = new Map<string, number[]>();
  for (const id of ids) {
    const [job = '', index] = id.split('_');
    indices.set(job, [...(indices.get(job) ?? []), ...(index === undefined ? [] : [Number(index)])]);
  }
  return [...indices].map(([job, own]) => (own.length === 0 ? job : `${job}_[${own.join(',')}]`));
}

/**
 * What has ended, or begun where that is asked of what waits, needs nothing more; and what no node could run as it is asked
 * for is held and released, though Slurm says so.
 */
function isDoneAllTheSame(error: unknown): boolean {
  return (
    isReportedError(error) &&
    /invalid job id|already (finished|completing)|job.*(not|no longer) pending|configuration (is )?not available|drained/i.test(
      error.message,
    )
  );
}

async function markCancelled(folder: string, tasks: readonly TaskProgress[]): Promise<void> {
  const { seen: path } = jobPaths(folder);
  const before = await readJson(path, seenFileSchema);
  const at = new Date().toISOString();
  // What has ended already ended as the scheduler has said.
  const open = tasks.filter(({ index }) => endOf(before?.tasks[String(index)]?.state ?? '') === undefined);
  const marked = open.map(({ index, id, node = '' }) => {
    const job = id?.split('_')[0];
    const turn = before?.tasks[String(index)]?.turn;
    const said = { at, ...(job !== undefined && { job }), ...(turn !== undefined && { turn }) };
    return [String(index), { state: 'CANCELLED', reason: '', node, ...said }] as const;
  });
  await writeJson(path, {
    format: SEEN_FORMAT,
    at: before?.at ?? at,
    tasks: { ...before?.tasks, ...Object.fromEntries(marked) },
  });
}
