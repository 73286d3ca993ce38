import { localTime } from '../../common/localTime';
import type { TaskProgress } from '../taskProgress';
import { unknownJob, type UnreadableJobs } from '../unreadableJobs';
import { readLook } from './lookFile';
import { endOf } from './states';

/**
 * Why what is known of tasks that go on may be old, a sentence; undefined where their schedulers answered last.
 * @param through see `lookAtScheduler`
 * @param also further hosts that are asked
 */
export async function schedulerProblem(
  live: readonly TaskProgress[],
  through: string | null = null,
  also: UnreadableJobs['hosts'] = [],
): Promise<string | undefined> {
  for (const host of new Set([...live.map((task) => task.host ?? through), ...also])) {
    const look = await readLook(host);
    if (look === undefined || look.problem === null) continue;
    const since = look.at === null ? 'so far' : `since ${localTime(look.at)}`;
    return `Slurm${host === null ? '' : ` on ${host}`} has not answered ${since}: what is shown is from the files. (${look.problem})`;
  }
  return undefined;
}

/** That a scheduler had a job, at the last look, of which nobody can read the cells, a sentence; undefined where none had. */
export async function unknownJobProblem({ folders, hosts }: UnreadableJobs): Promise<string | undefined> {
  for (const host of hosts) {
    const { lines = [] } = (await readLook(host)) ?? {};
    const goingOn = lines.filter(({ state }) => endOf(state) === undefined);
    const unknown = unknownJob(
      folders,
      goingOn.map(({ job, name }) => ({ id: job, name })),
    );
    if (unknown !== undefined) return unknown.message;
  }
  return undefined;
}
