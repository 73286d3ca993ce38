import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { notifyAboutTrainings } from './notifications';
import { resumeCommand } from './resume';
import { stopCommand } from './stop';
import { trainCommand } from './train';

/** Train, Resume, Stop, and word of how it ended. */
export function registerTraining(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.train, (target) => trainCommand(parts, target)),
    registerCommand(parts, COMMANDS.resume, (target) => resumeCommand(parts, target)),
    registerCommand(parts, COMMANDS.stop, (target) => stopCommand(parts, target)),
    notifyAboutTrainings(parts),
  );
}
