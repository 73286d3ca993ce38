/** What `sweep` asks of the tasks that a cluster has of its cells. */
import {
  cancelTasks,
  holdTasks,
  isLive,
  leftAloneText,
  nothingElse,
  releaseTasks,
  type TaskProgress,
} from '../../cluster';
import type { CellProgress, SweepState } from '../../sweeps';
import type { Output } from '../printing/output';
import { CAN_BE_STOPPED } from './changesAsked';

/** Those that go on, of the cells that are named, else of all. */
export function liveTasks({ cells }: Pick<SweepState, 'cells'>, ids: ReadonlySet<string> | undefined): TaskProgress[] {
  return cells.flatMap(({ cell, task }: CellProgress) =>
    task !== undefined && isLive(task) && ids?.has(cell.id) !== false ? [task] : [],
  );
}

/** The same, and where none are named those of cells that the study has no more. */
function meantTasks(state: SweepState, ids: ReadonlySet<string> | undefined): readonly TaskProgress[] {
  return [...liveTasks(state, ids), ...withoutCell(state, ids)];
}

function withoutCell(
  { tasksWithoutCell = [] }: SweepState,
  ids: ReadonlySet<string> | undefined,
): readonly TaskProgress[] {
  return ids === undefined ? tasksWithoutCell : [];
}

export interface AskedOfTasks {
  /** Of the cells that are named; undefined: all. */
  readonly ids: ReadonlySet<string> | undefined;
  /** See `lookAtScheduler`. */
  readonly through: string | null;
}

/**
 * `--cancel` of what the cluster has.
 * @returns the cells whose tasks were left alone, which are another cluster's or person's
 * @throws InputError, WorkError where its scheduler does not answer; InputError where nothing is left of what was meant
 */
export async function cancelOnCluster(
  state: SweepState,
  { ids, through }: AskedOfTasks,
  output: Pick<Output, 'log'>,
): Promise<ReadonlySet<string>> {
  const meant = { cells: meantOf(state, ids, canBeStopped), tasks: withoutCell(state, ids) };
  return sayLeft(meant, await cancelTasks(meantTasks(state, ids), through), output);
}

/** `--pause` and `--continue`: those that wait there are held, or let go. @returns, @throws as `cancelOnCluster` */
export async function holdOnCluster(
  state: SweepState,
  { ids, through }: AskedOfTasks,
  isHeld: boolean,
  output: Pick<Output, 'log'>,
): Promise<ReadonlySet<string>> {
  const waiting = meantTasks(state, ids).filter((task) => task.state !== 'running');
  const cells = meantOf(state, ids, isHeld ? canBeStopped : isOpen);
  const meant = { cells, tasks: withoutCell(state, ids) };
  return sayLeft(meant, await (isHeld ? holdTasks : releaseTasks)(waiting, through), output);
}

/** The cells that are named, else all that it can be about. */
function meantOf(
  { cells }: SweepState,
  ids: ReadonlySet<string> | undefined,
  isAbout: (each: CellProgress) => boolean,
): readonly CellProgress[] {
  return cells.filter((each) => ids?.has(each.cell.id) ?? isAbout(each));
}

const canBeStopped = ({ state }: CellProgress): boolean => CAN_BE_STOPPED.includes(state);
const isOpen = ({ state }: CellProgress): boolean => state !== 'done';

function sayLeft(
  meant: { readonly cells: readonly CellProgress[]; readonly tasks: readonly TaskProgress[] },
  left: readonly TaskProgress[],
  output: Pick<Output, 'log'>,
): ReadonlySet<string> {
  const [first] = left;
  if (first === undefined) return new Set();
  const isLeft = (task: TaskProgress | undefined): boolean =>
    left.some(({ job, index }) => job === task?.job && index === task.index);
  const cells = meant.cells.filter(({ task }) => isLeft(task));
  if (cells.length === meant.cells.length && meant.tasks.every(isLeft)) throw nothingElse(first);
  output.log(leftAloneText(left));
  return new Set(cells.map(({ cell }) => cell.id));
}
