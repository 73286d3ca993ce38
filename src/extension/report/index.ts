/** Reports: made by the command line, shown in a panel, and opened in a browser. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { COMMANDS, PANELS } from '../ids';
import { restorePanels } from '../webview/frame';

export function registerReport(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.openReport, async (target) => {
      const { makeReport } = await import('./makeReport');
      const made = await makeReport(parts, target);
      if (made !== undefined) (await import('./reportPanel')).showReport(parts, made);
    }),
    registerCommand(parts, COMMANDS.openReportExternally, async () => {
      const [{ activeReport }, { openExternally }] = await Promise.all([
        import('./reportPanel'),
        import('./openExternally'),
      ]);
      const file = activeReport();
      if (file !== undefined) await openExternally(file);
    }),
    restorePanels(parts, PANELS.report, async (panel, state) =>
      (await import('./reportPanel')).restoreReport(parts, panel, state),
    ),
  );
}
