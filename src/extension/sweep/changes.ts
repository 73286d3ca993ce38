/** The commands that change what is wanted of a sweep. Its process reads that at once. */
import * as vscode from 'vscode';
import type { QueueChange } from '../../sweeps';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import { isAway, waitsHere, wasAway } from './clusterTask';
import { canAdd, canRetry, isPending } from './counts';
import { firstOrder, movedOrder } from './order';
import { pickCell, pickSweep } from './pickSweep';
import { keepRunning } from './keepRunning';
import { cellName } from './sweepText';
import type { SweepParts } from './sweepParts';

export async function pauseCommand(parts: SweepParts, target: RunTarget, paused: boolean): Promise<void> {
  const state = await pickSweep(parts, target, (each) => each.cells.some(isPending));
  if (state !== undefined) await pause(parts, state, paused);
}

const away = () => import('./cluster/control');

/** Holds what waits, here and on a cluster, or goes on with it. */
export async function pause(parts: SweepParts, state: SweepState, paused: boolean): Promise<void> {
  const isOnCluster = state.cells.some(isAway);
  if (isOnCluster && paused) {
    await (await away()).pauseAway(parts, state);
    return;
  }
  if (isOnCluster) await (await away()).continueAway(state);
  await change(parts, state, { paused });
  if (!paused) await keepRunning(parts, state);
}

/** Stops them, or does not start them, here or on a cluster. */
export async function cancelCells(parts: SweepParts, state: SweepState, cells: readonly CellProgress[]): Promise<void> {
  const ids = cells.map(({ cell }) => cell.id);
  if (cells.some(isAway)) await (await away()).cancelAway(parts, state, ids);
  else await change(parts, state, { cancel: ids });
}

/** Each goes where it was: what a cluster had is submitted again, once the person has agreed; others are queued here. */
export async function addCells(parts: SweepParts, state: SweepState, cells: readonly CellProgress[]): Promise<void> {
  const [there, here] = [cells.filter(isRetriedAway), cells.filter((each) => !isRetriedAway(each))];
  if (here.length > 0) {
    await change(parts, state, { add: here.map(({ cell }) => cell.id) });
    await keepRunning(parts, state);
  }
  if (there.length > 0) await (await away()).retryAway(parts, state, there);
}

function isRetriedAway(cell: CellProgress): boolean {
  return canRetry(cell) && wasAway(cell);
}

/** Cancels all that waits or runs, once the person has agreed. */
export async function cancelSweepCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  const strays = ({ tasksWithoutCell }: SweepState): number => tasksWithoutCell?.length ?? 0;
  const state = await pickSweep(parts, target, (each) => each.cells.some(isPending) || strays(each) > 0);
  if (state === undefined) return;
  const pending = state.cells.filter(isPending);
  const count = pending.length + strays(state);
  if (count === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing of {0} is queued or runs.', state.studyName));
    return;
  }
  const cancel = vscode.l10n.t('Cancel Sweep');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Cancel {0} cells of {1} that are queued or run?', count, state.studyName),
    { modal: true, detail: vscode.l10n.t('What is trained stays, and each cell can be retried.') },
    cancel,
  );
  if (answer !== cancel) return;
  if (pending.length > 0) await cancelCells(parts, state, pending);
  if (strays(state) > 0) await (await away()).cancelStrays(parts, state);
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
  await addCells(parts, state, failed);
}

/** Trains one cell before all others that wait. */
export async function trainCellCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const meant = await cellOf(parts, target, (cell) => canAdd(cell) || waitsHere(cell));
  if (meant === undefined) return;
  const { state, id } = meant;
  await change(parts, state, { add: [id] }, { order: firstOrder(state.cells, id) });
  await keepRunning(parts, state);
}

export async function moveCellCommand(parts: SweepParts, target: RunTarget, places: number): Promise<void> {
  const meant = await cellOf(parts, target, waitsHere);
  if (meant !== undefined) await change(parts, meant.state, { order: movedOrder(meant.state.cells, meant.id, places) });
}

export async function cancelCellCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  const meant = await cellOf(parts, target, isPending);
  if (meant !== undefined) await cancelCells(parts, meant.state, [meant.found]);
}

export async function retryCellCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const meant = await cellOf(parts, target, canRetry);
  if (meant === undefined) return;
  await addCells(parts, meant.state, [meant.found]);
}

async function cellOf(
  parts: SweepParts,
  target: RunTarget,
  only: Parameters<typeof pickCell>[2],
): Promise<{ readonly state: SweepState; readonly found: CellProgress; readonly id: string } | undefined> {
  const state = await pickSweep(parts, target, (each) => each.cells.some(only));
  const found = state && (await pickCell(state, target, only));
  if (found === undefined) return undefined;
  parts.log.info(`${state?.studyName ?? ''}: ${cellName(found.cell)}`);
  return state && { state, found, id: found.cell.id };
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
