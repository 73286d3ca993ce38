import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { isTrusted } from '../training/trust';

export function registerSetup(parts: CoreParts): vscode.Disposable {
  return registerCommand(parts, COMMANDS.installNativeEngine, async () => {
    if (!(await isTrusted(vscode.l10n.t('Installing the native engine')))) return;
    const { installNativeEngine } = await import('./installNativeEngine');
    await installNativeEngine(parts);
  });
}
