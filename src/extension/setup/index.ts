import type * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { isTrusted } from '../training/trust';
import { installNativeEngine } from './installNativeEngine';

export function registerSetup(parts: CoreParts): vscode.Disposable {
  return registerCommand(parts, COMMANDS.installNativeEngine, async () => {
    if (await isTrusted('Installing the native engine')) await installNativeEngine(parts.log);
  });
}
