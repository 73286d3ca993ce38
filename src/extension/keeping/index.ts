import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';

const commands = () => import('./commands');

/** Verifying, packing and unpacking runs, deleting checkpoints, and clearing caches. */
export function registerKeeping(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.verifyRun, async (target) => (await commands()).verifyRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.keepEpochs, async (target) => (await commands()).keepEpochsCommand(parts, target)),
    registerCommand(parts, COMMANDS.packRun, async (target) => (await commands()).packRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.unpackRun, async (target) => (await commands()).unpackRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.clearCaches, async () => (await commands()).clearCachesCommand(parts)),
  );
}
