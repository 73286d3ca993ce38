/** Attention over epochs: how far heatmaps move, and where they settle. */
import type * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { registerRunPanel } from '../runPanel/register';

export function registerAttention(parts: ExtensionContextParts): vscode.Disposable {
  return registerRunPanel(parts, COMMANDS.showAttention, PANELS.attention, async () =>
    (await import('./attentionPanel')).attentionPanel(parts),
  );
}
