/** The panel of misclassified images: errors of each checkpoint, and each image over the epochs. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { registerPanels } from '../runPanel/register';

export function registerMisclassified(parts: ExtensionContextParts): vscode.Disposable {
  const panels = registerPanels(parts, PANELS.misclassified, async () =>
    (await import('./misclassifiedPanel')).misclassifiedKind(parts),
  );
  return vscode.Disposable.from(
    panels,
    registerCommand(parts, COMMANDS.showMisclassified, async (target) => {
      const panel = await panels.show(target);
      const epoch = typeof target === 'object' && 'epoch' in target ? target.epoch : undefined;
      if (epoch !== undefined) panel?.show({ epoch });
    }),
  );
}
