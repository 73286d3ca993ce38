import { localTime } from '../../common/localTime';
import type { TaskProgress } from '../taskProgress';
import { readLook } from './lookFile';

/**
 * Why what is known of tasks that go on may be old, a sentence; undefined where their schedulers answered last.
 * @param through see `lookAtScheduler`
 */
export async function schedulerProblem(
  live: readonly TaskProgress[],
  through: string | null = null,
): Promise<string | undefined> {
  for (const host of new Set(live.map((task) => task.host ?? through))) {
    const look = await readLook(host);
    if (look === undefined || look.problem === null) continue;
    const since = look.at === null ? 'so far' : `since ${localTime(look.at)}`;
    return `Slurm${host === null ? '' : ` on ${host}`} has not answered ${since}: what is shown is from the files. (${look.problem})`;
  }
  return undefined;
}
