import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { adoptRunCommand } from './adoptRun';
import { copyPathCommand, openLogCommand, openStudyCommand, revealCommand } from './places';
import { createExampleSweepCommand } from './createExampleSweep';
import { createStudyCommand } from './createStudy';
import { deleteRunCommand } from './deleteRun';
import { openDocumentationCommand, showPromisesCommand } from './documentation';
import { registerCommand } from './registerCommand';
import { runExampleCommand } from './runExample';
import { watchPyTorchCommand } from './watchPyTorch';

/** Registers the commands on studies and runs, apart from training and the panels. */
export function registerCommands(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.createStudy, (target) => createStudyCommand(target)),
    registerCommand(parts, COMMANDS.createExampleSweep, () => createExampleSweepCommand(parts)),
    registerCommand(parts, COMMANDS.watchPyTorch, () => watchPyTorchCommand(parts)),
    registerCommand(parts, COMMANDS.runExample, () => runExampleCommand(parts)),
    registerCommand(parts, COMMANDS.openStudy, (target) => openStudyCommand(parts, target)),
    registerCommand(parts, COMMANDS.openLog, (target) => openLogCommand(parts, target)),
    registerCommand(parts, COMMANDS.revealRun, (target) => revealCommand(parts, target)),
    registerCommand(parts, COMMANDS.copyPath, (target) => copyPathCommand(target)),
    registerCommand(parts, COMMANDS.deleteRun, (target, others) => deleteRunCommand(parts, target, others)),
    registerCommand(parts, COMMANDS.adoptRun, (target) => adoptRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.refreshRuns, () => parts.runStore.refresh()),
    registerCommand(parts, COMMANDS.showOutput, () => parts.log.show()),
    registerCommand(parts, COMMANDS.openDocumentation, (target) => openDocumentationCommand(parts, target)),
    registerCommand(parts, COMMANDS.showPromises, () => showPromisesCommand(parts)),
  );
}
