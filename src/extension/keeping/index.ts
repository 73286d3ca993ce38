import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { clearCachesCommand } from './clearCaches';
import { keepEpochsCommand } from './keepEpochs';
import { packRunCommand, unpackRunCommand } from './packRun';
import { registerVerifications, verifyRunCommand } from './verifyRun';

/** Verifying, packing and unpacking runs, deleting checkpoints, and clearing caches. */
export function registerKeeping(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerVerifications(),
    registerCommand(parts, COMMANDS.verifyRun, (target) => verifyRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.keepEpochs, (target) => keepEpochsCommand(parts, target)),
    registerCommand(parts, COMMANDS.packRun, (target) => packRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.unpackRun, (target) => unpackRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.clearCaches, () => clearCachesCommand(parts)),
  );
}
