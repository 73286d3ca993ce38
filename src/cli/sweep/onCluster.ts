/** What `sweep` asks of the tasks that a cluster has of its cells. */
import { cancelTasks, holdTasks, releaseTasks } from '../../cluster/scheduler/controlTasks';
import { isLive, type TaskProgress } from '../../cluster/taskProgress';
import type { CellProgress, SweepState } from '../../sweeps';

/** Those that go on, of the cells that are named, else of all. */
export function liveTasks({ cells }: Pick<SweepState, 'cells'>, ids: ReadonlySet<string> | undefined): TaskProgress[] {
  return cells.flatMap(({ cell, task }: CellProgress) =>
    task !== undefined && isLive(task) && ids?.has(cell.id) !== false ? [task] : [],
  );
}

/** `--cancel` of what the cluster has. @throws InputError, WorkError where its scheduler does not answer */
export async function cancelOnCluster(state: SweepState, ids: ReadonlySet<string> | undefined): Promise<void> {
  await cancelTasks(liveTasks(state, ids));
}

/** `--pause` and `--continue`: those that wait there are held, or let go. @throws as `cancelOnCluster` */
export async function holdOnCluster(
  state: SweepState,
  ids: ReadonlySet<string> | undefined,
  isHeld: boolean,
): Promise<void> {
  const waiting = liveTasks(state, ids).filter((task) => task.state !== 'running');
  await (isHeld ? holdTasks : releaseTasks)(waiting);
}
