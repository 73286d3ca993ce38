/** Short texts about a sweep, for lenses, the tree, the status bar and notifications. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import type { CellState, SweepState } from '../../sweeps/sweepState';
import { countCells, isPending, type CellCounts } from './counts';

/** "12 of 30 done, 1 failed" */
export function countsText(counts: CellCounts): string {
  const done = vscode.l10n.t('{0} of {1} done', counts.done, counts.all);
  return counts.failed === 0 ? done : vscode.l10n.t('{0}, {1} failed', done, counts.failed);
}

/** "12 of 30 done, 1 failed · 2 h left", and whether it is paused or nothing of it runs. */
export function sweepText(state: SweepState): string {
  return [countsText(countCells(state.cells)), leftText(state)].filter((part) => part !== undefined).join(' · ');
}

/** Undefined where nothing is under way, and where nobody can say yet. */
function leftText(state: SweepState): string | undefined {
  if (!state.cells.some(isPending)) return undefined;
  if (state.paused) return vscode.l10n.t('paused');
  if (state.runner === undefined) return vscode.l10n.t('not running');
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
