import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { CellProgress } from '../../../sweeps/sweepState';
import type { RunTarget } from '../../runs/target';
import { textColumn } from '../../webview/panelPlace';
import { pickCell, pickSweep } from '../pickSweep';
import type { SweepParts } from '../sweepParts';
import { cellName } from '../sweepText';

/** Opens what the task of a cell has printed on its node. */
export async function openTaskLogCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  const hasTask = ({ task }: CellProgress): boolean => task !== undefined;
  const state = await pickSweep(parts, target, ({ cells }) => cells.some(hasTask));
  const found = state && (await pickCell(state, target, hasTask));
  if (found !== undefined) await openTaskLog(found);
}

export async function openTaskLog({ cell, task }: CellProgress): Promise<void> {
  if (task === undefined) return;
  if (existsSync(task.log)) {
    await vscode.window.showTextDocument(vscode.Uri.file(task.log), { viewColumn: textColumn() });
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} has no log yet: it begins with its task.', cellName(cell)),
  );
}
