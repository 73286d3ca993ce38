/** Misclassified images: what each checkpoint gets wrong, and how each image fares over epochs. */
import type * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { registerRunPanel } from '../runPanel/register';

export function registerMistakes(parts: ExtensionContextParts): vscode.Disposable {
  return registerRunPanel(parts, COMMANDS.showMistakes, PANELS.mistakes, async () =>
    (await import('./mistakesPanel')).mistakesPanel(parts),
  );
}
