/** Short texts about a sweep, for lenses, the tree, the status bar and notifications. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import type { TaskState } from '../../cluster/taskProgress';
import type { CellProgress, CellState, SweepState } from '../../sweeps/sweepState';
import { countAway, isAway, isGoing, tellingState } from './clusterTask';
import { countCells, isPending, type CellCounts } from './counts';

/** "12 of 30 done, 1 failed" */
export function countsText(counts: CellCounts): string {
  const done = vscode.l10n.t('{0} of {1} done', counts.done, counts.all);
  return counts.failed === 0 ? done : vscode.l10n.t('{0}, {1} failed', done, counts.failed);
}

/** "12 of 30 done, 1 failed · Slurm: 2 running, 4 queued · 2 h left", and whether it is paused or nothing of it runs. */
export function sweepText(state: SweepState): string {
  return [countsText(countCells(state.cells)), awayText(state), leftText(state)]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** "Slurm: 2 running, 4 queued"; undefined where no cluster has anything of it. */
export function awayText(state: Pick<SweepState, 'cells'>): string | undefined {
  const { running, waiting } = countAway(state);
  if (running + waiting === 0) return undefined;
  const parts = [
    running === 0 ? undefined : vscode.l10n.t('{0} running', running),
    waiting === 0 ? undefined : vscode.l10n.t('{0} queued', waiting),
  ];
  return `Slurm: ${parts.filter((part) => part !== undefined).join(', ')}`;
}

/** Undefined where nothing is under way, and where nobody can say yet. */
function leftText(state: SweepState): string | undefined {
  if (!state.cells.some(isPending)) return undefined;
  if (state.paused) return vscode.l10n.t('paused');
  if (!isGoing(state)) return vscode.l10n.t('not running');
  return state.secondsLeft === null ? undefined : vscode.l10n.t('{0} left', durationText(state.secondsLeft));
}

export function cellStateText(state: CellState): string {
  switch (state) {
    case 'new':
      return vscode.l10n.t('not trained yet');
    case 'queued':
      return vscode.l10n.t('queued');
    case 'training':
      return vscode.l10n.t('training');
    case 'testing':
      return vscode.l10n.t('testing');
    case 'done':
      return vscode.l10n.t('done');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'interrupted':
      return vscode.l10n.t('interrupted');
  }
}

/** As `cellStateText`, and what its task on a cluster says: "requeued", "out of memory", "training on n2". */
export function progressText(progress: Pick<CellProgress, 'state' | 'task' | 'error'>): string {
  const telling = tellingState(progress);
  if (telling !== undefined) return taskStateText(telling);
  const { node } = isAway(progress) ? (progress.task ?? {}) : {};
  const text = cellStateText(progress.state);
  if (node !== undefined) return vscode.l10n.t('{0} on {1}', text, node);
  return isAway(progress) ? vscode.l10n.t('{0} in Slurm', text) : text;
}

function taskStateText(state: TaskState): string {
  switch (state) {
    case 'requeued':
      return vscode.l10n.t('requeued');
    case 'timedOut':
      return vscode.l10n.t('timed out');
    case 'outOfMemory':
      return vscode.l10n.t('out of memory');
    case 'nodeFailed':
      return vscode.l10n.t('node failed');
    case 'preempted':
      return vscode.l10n.t('preempted');
    case 'lost':
      return vscode.l10n.t('lost');
    default:
      return state;
  }
}

/** Why it is as it is: its error, or why a cluster lets it wait. */
export function whyText({ error, task }: Pick<CellProgress, 'error' | 'task'>): string | undefined {
  return error ?? task?.why;
}

/** "cutout, seed 3" */
export function cellName({ recipe, seed }: { readonly recipe: string; readonly seed: number }): string {
  return vscode.l10n.t('{0}, seed {1}', recipe, seed);
}

const ICONS: Readonly<Record<CellState, { readonly id: string; readonly colour: string | undefined }>> = {
  new: { id: 'circle-outline', colour: undefined },
  queued: { id: 'clock', colour: undefined },
  training: { id: 'sync~spin', colour: 'charts.blue' },
  testing: { id: 'beaker', colour: 'charts.blue' },
  done: { id: 'pass', colour: 'testing.iconPassed' },
  failed: { id: 'error', colour: 'testing.iconFailed' },
  cancelled: { id: 'circle-slash', colour: 'charts.yellow' },
  interrupted: { id: 'debug-disconnect', colour: 'charts.orange' },
};

const TASK_ICONS: Readonly<Partial<Record<TaskState, string>>> = {
  requeued: 'debug-restart',
  timedOut: 'watch',
  outOfMemory: 'chip',
  nodeFailed: 'server-environment',
  preempted: 'debug-stop',
  lost: 'question',
};

/** The codicon of a cell, by its task on a cluster where that says more. */
export function progressIcon(progress: Pick<CellProgress, 'state' | 'task' | 'error'>): string {
  const telling = tellingState(progress);
  return (telling === undefined ? undefined : TASK_ICONS[telling]) ?? cellIcon(progress.state);
}

/** The codicon of a cell's state. */
export function cellIcon(state: CellState): string {
  return ICONS[state].id;
}

/** The theme's colour for it. */
export function cellColour(state: CellState): string | undefined {
  return ICONS[state].colour;
}

/** The icon that says most of several cells: one runs, else one has failed, else all are done. */
export function iconOf(counts: CellCounts): CellState {
  if (counts.running > 0) return 'training';
  if (counts.failed > 0) return 'failed';
  if (counts.done === counts.all) return 'done';
  if (counts.queued > 0) return 'queued';
  return counts.stopped > 0 ? 'cancelled' : 'new';
}
