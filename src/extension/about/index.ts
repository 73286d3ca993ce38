import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { createHistory } from './history';

const commands = () => import('./commands');

/** The name, note and pin that a person gives runs, and comparing the settings of two. */
export function registerAbout(parts: CoreParts): vscode.Disposable {
  const history = createHistory(parts);
  const all = { ...parts, history };
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.renameRun, async (target) => (await commands()).renameRun(all, target)),
    registerCommand(parts, COMMANDS.editNote, async (target) => (await commands()).editNote(all, target)),
    registerCommand(parts, COMMANDS.pinRun, async (target, others) =>
      (await commands()).pinRuns(all, target, others, true),
    ),
    registerCommand(parts, COMMANDS.unpinRun, async (target, others) =>
      (await commands()).pinRuns(all, target, others, false),
    ),
    registerCommand(parts, COMMANDS.undoRunChange, () => history.undo()),
    registerCommand(parts, COMMANDS.redoRunChange, () => history.redo()),
    registerCommand(parts, COMMANDS.compareRuns, async (target, others) =>
      (await commands()).compareRuns(parts, target, others),
    ),
    registerCommand(parts, COMMANDS.whatChanged, async (target) => (await commands()).whatChanged(parts, target)),
    registerCommand(parts, COMMANDS.restoreStudy, async (target) => (await commands()).restoreStudy(parts, target)),
  );
}
