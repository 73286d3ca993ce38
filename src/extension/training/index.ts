import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { notifyAboutTrainings } from './notifications';
import { resumeCommand } from './resume';
import { stopCommand } from './stop';
import { trainCommand } from './train';

/** The commands Train, Resume and Stop, and notifications of how trainings end. */
export function registerTraining(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.train, (target) => trainCommand(parts, target)),
    registerCommand(parts, COMMANDS.resume, (target) => resumeCommand(parts, target)),
    registerCommand(parts, COMMANDS.stop, (target) => stopCommand(parts, target)),
    notifyAboutTrainings(parts),
  );
}
