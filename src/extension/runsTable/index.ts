/** The runs table: a row for each recipe or run, columns for the settings that differ and the results. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { restorePanels } from '../webview/frame';

export function registerRunsTable(parts: ExtensionContextParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.showRunsTable, async (target) => {
      const { showRunsTable } = await import('./runsTablePanel');
      showRunsTable(parts, target);
    }),
    restorePanels(parts, PANELS.runsTable, async (panel) => {
      const { restoreRunsTable } = await import('./runsTablePanel');
      restoreRunsTable(parts, panel);
    }),
  );
}
