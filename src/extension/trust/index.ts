/** Trust in heatmaps: how faithful, sane, well placed and well calibrated they are, over epochs. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { registerPanels } from '../runPanel/register';

export function registerTrust(parts: ExtensionContextParts): vscode.Disposable {
  const panels = registerPanels(parts, PANELS.trust, async () => (await import('./trustPanel')).trustKind(parts));
  return vscode.Disposable.from(
    panels,
    registerCommand(parts, COMMANDS.showTrust, async (target) => {
      await panels.show(target);
    }),
  );
}
