/** The commands that change what is wanted of a sweep. Its process reads that at once. */
import * as vscode from 'vscode';
import type { QueueChange } from '../../sweeps';
import type { SweepState } from '../../sweeps/sweepState';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import { canAdd, canRetry, isPending } from './counts';
import { firstOrder, movedOrder } from './order';
import { pickCell, pickSweep } from './pickSweep';
import { keepRunning } from './keepRunning';
import { cellName } from './sweepText';
import type { SweepParts } from './sweepParts';

export async function pauseCommand(parts: SweepParts, target: RunTarget, paused: boolean): Promise<void> {
  const state = await pickSweep(parts, target, (each) => each.cells.some(isPending));
  if (state === undefined) return;
  await change(parts, state, { paused });
  if (!paused) await keepRunning(parts, state);
}

/** Cancels all that waits or runs, once the person has agreed. */
export async function cancelSweepCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  const state = await pickSweep(parts, target, (each) => each.cells.some(isPending));
  if (state === undefined) return;
  const pending = state.cells.filter(isPending);
  if (pending.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing of {0} is queued or runs.', state.studyName));
    return;
  }
  const cancel = vscode.l10n.t('Cancel Sweep');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Cancel {0} cells of {1} that are queued or run?', pending.length, state.studyName),
    { modal: true, detail: vscode.l10n.t('What is trained stays, and each cell can be retried.') },
    cancel,
  );
  if (answer === cancel) await change(parts, state, { cancel: pending.map(({ cell }) => cell.id) });
}

/** Queues what has failed, was interrupted or was cancelled, again. */
export async function retryCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const state = await pickSweep(parts, target, (each) => each.cells.some(canRetry));
  if (state === undefined) return;
  const failed = state.cells.filter((cell) => cell.state === 'failed' || cell.state === 'interrupted');
  if (failed.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No cell of {0} has failed.', state.studyName));
    return;
  }
  await change(parts, state, { add: failed.map(({ cell }) => cell.id) });
  await keepRunning(parts, state);
}

/** Trains one cell before all others that wait. */
export async function trainCellCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const meant = await cellOf(parts, target, (cell) => canAdd(cell) || cell.state === 'queued');
  if (meant === undefined) return;
  const { state, id } = meant;
  await change(parts, state, { add: [id] }, { order: firstOrder(state.cells, id) });
  await keepRunning(parts, state);
}

export async function moveCellCommand(parts: SweepParts, target: RunTarget, places: number): Promise<void> {
  const meant = await cellOf(parts, target, ({ state }) => state === 'queued');
  if (meant !== undefined) await change(parts, meant.state, { order: movedOrder(meant.state.cells, meant.id, places) });
}

export async function cancelCellCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  const meant = await cellOf(parts, target, isPending);
  if (meant !== undefined) await change(parts, meant.state, { cancel: [meant.id] });
}

export async function retryCellCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const meant = await cellOf(parts, target, canRetry);
  if (meant === undefined) return;
  await change(parts, meant.state, { add: [meant.id] });
  await keepRunning(parts, meant.state);
}

async function cellOf(
  parts: SweepParts,
  target: RunTarget,
  only: Parameters<typeof pickCell>[2],
): Promise<{ readonly state: SweepState; readonly id: string } | undefined> {
  const state = await pickSweep(parts, target, (each) => each.cells.some(only));
  const found = state && (await pickCell(state, target, only));
  if (found === undefined) return undefined;
  parts.log.info(`${state?.studyName ?? ''}: ${cellName(found.cell)}`);
  return state && { state, id: found.cell.id };
}

/** Writes what is wanted, and shows it. */
export async function change(
  { sweeps }: SweepParts,
  { folder, studyFile }: SweepState,
  ...changes: QueueChange[]
): Promise<void> {
  const { changeQueue } = await import('../../sweeps');
  await changeQueue(folder, studyFile, ...changes);
  await sweeps.reread(studyFile);
}
