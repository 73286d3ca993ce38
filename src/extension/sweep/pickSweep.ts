import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { COMMANDS } from '../ids';
import { studyFileOf, type RunTarget } from '../runs/target';
import { cellName, progressText, sweepText } from './sweepText';
import type { SweepParts } from './sweepParts';

/** The sweep of the target's study, of the focused one, the only one, or the one that the person picks. */
export async function pickSweep(
  { runStore, sweeps }: SweepParts,
  target: RunTarget,
  only: (state: SweepState) => boolean = () => true,
): Promise<SweepState | undefined> {
  await runStore.ready;
  const file = studyFileOf(target);
  if (file !== undefined) {
    const meant = await sweeps.reread(file);
    if (meant === undefined) void offerSweep(file, sweeps.problemOf(file));
    return meant;
  }
  const read = await Promise.all(runStore.studies().map((study) => sweeps.reread(study.file)));
  const all = read.filter((state) => state !== undefined).filter(only);
  if (all.length === 0) {
    void offerExample();
    return undefined;
  }
  if (all.length === 1) return all[0];
  const items = all.map((state) => ({ label: state.studyName, description: sweepText(state), state }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The sweep of which study?') }))?.state;
}

/** The cell that the target names, or one that the person picks of those in question. */
export async function pickCell(
  state: SweepState,
  target: RunTarget,
  only: (cell: CellProgress) => boolean,
): Promise<CellProgress | undefined> {
  const id = typeof target === 'object' && !(target instanceof vscode.Uri) ? target.cell : undefined;
  const meant = state.cells.find(({ cell }) => cell.id === id);
  if (meant !== undefined) return only(meant) ? meant : undefined;
  const items = state.cells.filter(only).map((progress) => ({
    label: cellName(progress.cell),
    description: progressText(progress),
    progress,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No cell of {0} is as far as that.', state.studyName));
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which cell?') }))?.progress;
}

async function offerSweep(file: string, problem: string | undefined): Promise<void> {
  const open = vscode.l10n.t('Open Study File');
  if (problem !== undefined) {
    if ((await vscode.window.showErrorMessage(problem, open)) === open)
      await vscode.commands.executeCommand(COMMANDS.openStudy, { studyFile: file });
    return;
  }
  const show = vscode.l10n.t('Show Sweep');
  const message = vscode.l10n.t('{0} has no sweep yet. The panel can insert one into the file.', basename(file));
  if ((await vscode.window.showInformationMessage(message, show)) === show)
    await vscode.commands.executeCommand(COMMANDS.showSweep, { studyFile: file });
}

async function offerExample(): Promise<void> {
  const create = vscode.l10n.t('Create Example Sweep');
  const message = vscode.l10n.t('No study of this folder has a sweep.');
  if ((await vscode.window.showInformationMessage(message, create)) === create)
    await vscode.commands.executeCommand(COMMANDS.createExampleSweep);
}
