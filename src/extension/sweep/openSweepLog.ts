import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RunTarget } from '../runs/target';
import { textColumn } from '../webview/panelPlace';
import { pickSweep } from './pickSweep';
import type { SweepParts } from './sweepParts';

export async function openSweepLog(parts: SweepParts, target: RunTarget): Promise<void> {
  const state = await pickSweep(parts, target);
  if (state === undefined) return;
  const { sweepPaths } = await import('../../sweeps');
  const file = sweepPaths(state.folder).log;
  if (existsSync(file)) {
    await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: textColumn() });
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The sweep of {0} has no log: it was not run yet.', state.studyName),
  );
}
