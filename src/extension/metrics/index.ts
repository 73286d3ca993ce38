/** The metrics panel: accuracy and loss by epoch of several runs, live. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { restorePanels } from '../webview/frame';

export function registerMetrics(parts: ExtensionContextParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.showMetrics, async (target) => {
      const { showMetrics } = await import('./metricsPanel');
      await showMetrics(parts, target);
    }),
    restorePanels(parts, PANELS.metrics, async (panel) => {
      const { restoreMetrics } = await import('./metricsPanel');
      restoreMetrics(parts, panel);
    }),
  );
}
