/** How far a sweep is, for a terminal. */
import { isLive } from '../../cluster';
import { bytesText } from '../../common/bytesText';
import { counted } from '../../common/counted';
import { durationText } from '../../common/duration';
import { logOf, taskColumns, taskDocument, waitingLines, withoutCellLines } from './taskColumns';
import type { CellProgress, CellState, SweepState } from '../../sweeps';
import { NOTHING, table } from './output';

/** A line a cell, the failed ones with their reasons below, and why those wait that a cluster has. */
export function sweepTable({ cells, tasksWithoutCell, schedulerProblem }: SweepState): string[] {
  const isAway = cells.some(({ task }) => task !== undefined);
  const titles = ['cell', 'seed', 'id', 'state', 'left', ...(isAway ? ['task', 'node'] : [])];
  const rows = [titles, ...cells.map((each) => [...rowOf(each), ...(isAway ? taskColumns(each) : [])])];
  const failed = cells.filter(({ error }) => error !== undefined);
  return [
    ...table(rows),
    ...failed.map(({ cell, error, task }) => `${nameOf(cell)}: ${error ?? ''}${logOf(task)}`),
    ...waitingLines(cells.map(({ cell, task }) => ({ name: cell.id.slice(0, 12), task }))),
    ...withoutCellLines(tasksWithoutCell),
    ...(schedulerProblem === undefined ? [] : [schedulerProblem]),
  ];
}

function nameOf({ recipe, seed }: CellProgress['cell']): string {
  return `${recipe}, seed ${String(seed)}`;
}

function rowOf({ cell, state, status, secondsLeft }: CellProgress): string[] {
  const at =
    state === 'training' && status !== undefined ? ` ${String(status.epoch)} of ${String(status.epochs ?? '?')}` : '';
  return [
    cell.recipe,
    String(cell.seed),
    cell.id.slice(0, 12),
    `${state}${at}`,
    secondsLeft === null || state === 'done' ? NOTHING : durationText(secondsLeft),
  ];
}

const SAID: readonly CellState[] = ['training', 'testing', 'queued', 'failed', 'cancelled', 'interrupted', 'new'];

/** "12 of 30 done, 1 failed, 17 queued, about 5 min left" */
export function sweepText({ cells, secondsLeft, paused }: SweepState): string {
  const count = (state: CellState): number => cells.filter((each) => each.state === state).length;
  const parts = SAID.flatMap((state) => (count(state) === 0 ? [] : [`${String(count(state))} ${state}`]));
  const isOver = !cells.some(({ state }) => state === 'queued' || state === 'training' || state === 'testing');
  const left = isOver || secondsLeft === null ? [] : [`about ${durationText(secondsLeft)} left`];
  return [
    `${String(count('done'))} of ${String(cells.length)} done`,
    ...parts,
    ...left,
    ...(paused ? ['paused'] : []),
  ].join(', ');
}

export interface SweepCost {
  /** How many are to be trained. */
  readonly runs: number;
  /** How many are trained, and are to be tested. */
  readonly tests: number;
  /** Null until an epoch of the sweep was trained. */
  readonly seconds: number | null;
  readonly bytes: number | null;
}

export function costText({ runs, tests, seconds, bytes }: SweepCost, { cells }: Pick<SweepState, 'cells'>): string {
  if (runs === 0) return `Nothing is left to train here${othersText(tests, cells)}.`;
  const time = seconds === null ? 'a time that is unknown until the first epoch' : `about ${durationText(seconds)}`;
  const space = bytes === null ? '' : `, ${bytesText(bytes)} of checkpoints`;
  return `${counted(runs, 'run')} to train: ${time}${space}`;
}

/** ": 3 cells are the cluster’s, 1 cell failed or was cancelled (--retry)", or nothing. */
function othersText(tests: number, cells: SweepState['cells']): string {
  const away = cells.filter(({ task }) => isLive(task)).length;
  const ended = cells.filter(({ state, task }) => ENDED.includes(state) && !isLive(task)).length;
  const parts = [
    ...(tests > 0 ? [`${counted(tests, 'cell')} to be tested`] : []),
    ...(away > 0 ? [`${counted(away, 'cell')} with the cluster`] : []),
    ...(ended > 0 ? [`${counted(ended, 'cell')} failed or cancelled (--retry)`] : []),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

const ENDED: readonly CellState[] = ['failed', 'cancelled', 'interrupted'];

/** As `sweep --json` writes it. */
export function sweepDocument(state: SweepState): object {
  const { studyFile, recipes, seeds, baseline, cells, paused, runner, secondsLeft } = state;
  return {
    study: studyFile,
    recipes,
    seeds,
    baseline,
    paused,
    runner: runner ?? null,
    secondsLeft,
    schedulerProblem: state.schedulerProblem ?? null,
    tasksWithoutCell: (state.tasksWithoutCell ?? []).map(taskDocument),
    cells: cells.map(({ cell, state: each, run, error, secondsLeft: left, task }) => ({
      id: cell.id,
      recipe: cell.recipe,
      seed: cell.seed,
      settings: cell.settings,
      state: each,
      run: run ?? null,
      error: error ?? null,
      secondsLeft: left,
      task: taskDocument(task),
    })),
  };
}
