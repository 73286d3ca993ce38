/** What the panel's page asks to be done. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CellView, SweepAction, SweepChange } from '../../protocol/sweepPanel';
import { runPaths } from '../../runs/paths';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { COMMANDS } from '../ids';
import { textColumn } from '../webview/panelPlace';
import { addCells, cancelCells, change, pause } from './changes';
import { insertSweep } from './insertSweep';
import type { SweepParts } from './sweepParts';

/** @throws Error where the workspace is not trusted, as what starts a program needs it */
export async function changeByPage(parts: SweepParts, state: SweepState, what: SweepChange): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('A restricted workspace does not allow that.'));
  switch (what.kind) {
    case 'paused':
      await pause(parts, state, what.paused);
      break;
    case 'jobs':
      await change(parts, state, { jobs: what.jobs });
      break;
    case 'cancel':
      await cancelCells(parts, state, cellsOf(state, what.ids));
      break;
    case 'cancelStrays':
      await (await import('./cluster/control')).cancelStrays(parts, state);
      break;
    case 'order':
      await change(parts, state, { order: what.ids });
      break;
    case 'add':
      await addCells(parts, state, cellsOf(state, what.ids));
  }
}

function cellsOf({ cells }: SweepState, ids: readonly string[]): CellProgress[] {
  return cells.filter(({ cell }) => ids.includes(cell.id));
}

export async function runSweepAction(
  parts: SweepParts,
  action: SweepAction,
  studyFile: string | undefined,
): Promise<void> {
  const target = studyFile === undefined ? undefined : { studyFile };
  switch (action) {
    case 'manageTrust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      break;
    case 'insertSweep':
      if (studyFile !== undefined) await insertSweep(parts, studyFile);
      break;
    case 'createStudy':
    case 'createExampleSweep':
      await vscode.commands.executeCommand(COMMANDS[action]);
      break;
    case 'openStudy':
    case 'runSweep':
    case 'runSweepOn':
    case 'cancelSweep':
    case 'retrySweep':
    case 'showSweepLog':
    case 'showMetrics':
    case 'showRunsTable':
      await vscode.commands.executeCommand(COMMANDS[action], target);
  }
}

/** @throws Error where the cell has no run yet */
export async function openCell({ runStore }: SweepParts, progress: CellProgress, what: CellView): Promise<void> {
  if (what === 'taskLog') {
    await (await import('./cluster/openTaskLog')).openTaskLog(progress);
    return;
  }
  const { run: folder } = progress;
  if (folder === undefined) throw new Error(vscode.l10n.t('The cell has not been trained yet.'));
  await runStore.reread(folder);
  const run = runStore.find(folder);
  if (run === undefined) throw new Error(vscode.l10n.t('The run {0} cannot be read.', basename(folder)));
  switch (what) {
    case 'heatmaps':
      await vscode.commands.executeCommand(COMMANDS.openHeatmaps, { run });
      break;
    case 'metrics':
      await vscode.commands.executeCommand(COMMANDS.showMetrics, { run });
      break;
    case 'log':
      await vscode.window.showTextDocument(vscode.Uri.file(runPaths(folder).log), { viewColumn: textColumn() });
  }
}
