import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { adoptRunCommand } from './adoptRun';
import { copyPathCommand, openLogCommand, openStudyCommand, revealCommand } from './places';
import { createStudyCommand } from './createStudy';
import { deleteRunCommand } from './deleteRun';
import { openReportCommand } from './openReport';
import { registerCommand } from './registerCommand';
import { runExampleCommand } from './runExample';
import { showPromisesCommand } from './showPromises';

/** What can be done with studies and runs, apart from training and looking at them. */
export function registerCommands(parts: CoreParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.createStudy, (target) => createStudyCommand(target)),
    registerCommand(parts, COMMANDS.runExample, () => runExampleCommand(parts)),
    registerCommand(parts, COMMANDS.openStudy, (target) => openStudyCommand(parts, target)),
    registerCommand(parts, COMMANDS.openLog, (target) => openLogCommand(parts, target)),
    registerCommand(parts, COMMANDS.openReport, (target) => openReportCommand(parts, target)),
    registerCommand(parts, COMMANDS.revealRun, (target) => revealCommand(parts, target)),
    registerCommand(parts, COMMANDS.copyPath, (target) => copyPathCommand(target)),
    registerCommand(parts, COMMANDS.deleteRun, (target) => deleteRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.adoptRun, (target) => adoptRunCommand(parts, target)),
    registerCommand(parts, COMMANDS.refreshRuns, () => parts.runStore.refresh()),
    registerCommand(parts, COMMANDS.showOutput, () => parts.log.show()),
    registerCommand(parts, COMMANDS.showPromises, () => showPromisesCommand(parts)),
  );
}
