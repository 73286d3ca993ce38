import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { notifyAboutTrainings } from './notifications';

const commands = () => import('./commands');

/** The commands Train, Resume and Stop, and notifications of how trainings end. */
export function registerTraining(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.train, async (target) => (await commands()).trainCommand(parts, target)),
    registerCommand(parts, COMMANDS.resume, async (target) => (await commands()).resumeCommand(parts, target)),
    registerCommand(parts, COMMANDS.stop, async (target) => (await commands()).stopCommand(parts, target)),
    notifyAboutTrainings(parts),
  );
}
