/** What the sweep panel shows, from the files of a sweep and of its runs. This file does not import `vscode`. */
import { basename } from 'node:path';
import { TASK_STATES, type ShownCell, type ShownSweep, type ShownTask } from '../../protocol/sweepPanel';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import type { RunSummary } from '../runs/runSummary';
import { isAway, tellingState } from './clusterTask';

/** @param jobs how many trainings a person wants at once; null: as many as memory and cores allow */
export function shownSweep(
  state: SweepState,
  jobs: number | null,
  runOf: (folder: string) => RunSummary | undefined,
): ShownSweep {
  const { studyFile, studyName, paused, runner, secondsLeft } = state;
  return {
    kind: 'sweep',
    study: { studyFile, name: studyName },
    cells: state.cells.map((cell) => shownCell(cell, cell.run === undefined ? undefined : runOf(cell.run))),
    paused,
    jobs,
    runner: runner === undefined ? null : { jobs: runner.jobs, waiting: runner.waiting ?? null },
    secondsLeft,
    schedulerProblem: state.schedulerProblem ?? null,
    strays: (state.tasksWithoutCell ?? []).map(({ id, job, index }) => id ?? `${basename(job)} ${String(index)}`),
  };
}

export function shownCell(progress: CellProgress, run: RunSummary | undefined): ShownCell {
  const { cell, state, status } = progress;
  const epochs = status?.epochs ?? cell.study.training.epochs;
  const epoch = status === undefined || progress.run === undefined ? null : status.epoch;
  return {
    id: cell.id,
    recipe: cell.recipe,
    seed: cell.seed,
    state,
    hasRun: progress.run !== undefined,
    hasCheckpoints: (run?.checkpoints.length ?? 0) > 0,
    epoch,
    epochs,
    share: shareOf(progress, epochs),
    accuracy: run?.epochs.findLast(({ testAccuracy }) => testAccuracy !== null)?.testAccuracy ?? null,
    secondsLeft: progress.secondsLeft,
    error: progress.error ?? null,
    task: shownTask(progress),
  };
}

function shownTask(progress: CellProgress): ShownTask | null {
  const { task } = progress;
  if (task === undefined) return null;
  const telling = tellingState(progress);
  return {
    state: TASK_STATES.find((state) => state === telling) ?? null,
    isAway: isAway(progress),
    id: task.id ?? null,
    host: task.host,
    node: task.node ?? null,
    restarts: task.restarts,
    why: task.why ?? null,
  };
}

/** From 0 to 1: the epochs behind it, and the steps of the present one. */
function shareOf({ state, status }: CellProgress, epochs: number): number {
  if (state === 'done' || state === 'testing') return 1;
  if (status === undefined || epochs === 0) return 0;
  const { epoch, step, stepsPerEpoch } = status;
  const within = stepsPerEpoch > 0 ? step / stepsPerEpoch : 0;
  return Math.min(Math.max((epoch - 1 + within) / epochs, 0), 1);
}
