/** Attention over epochs: how far heatmaps move, and where they settle. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { registerPanels } from '../runPanel/register';

export function registerAttention(parts: ExtensionContextParts): vscode.Disposable {
  const panels = registerPanels(parts, PANELS.attention, async () =>
    (await import('./driftPanel')).attentionKind(parts),
  );
  return vscode.Disposable.from(
    panels,
    registerCommand(parts, COMMANDS.showAttention, async (target) => {
      await panels.show(target);
    }),
  );
}
