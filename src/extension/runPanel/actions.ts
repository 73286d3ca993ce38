/** Actions of a panel's buttons elsewhere in VS Code. */
import * as vscode from 'vscode';
import type { PanelAction } from '../../protocol/runPanel';
import { COMMANDS } from '../ids';
import type { BoundPanel } from './panelKind';

export async function runAction(
  action: PanelAction,
  { studyFile, run }: Pick<BoundPanel, 'studyFile' | 'run'>,
): Promise<void> {
  const study = studyFile === undefined ? undefined : vscode.Uri.file(studyFile);
  switch (action) {
    case 'openLog':
      await vscode.commands.executeCommand(COMMANDS.openLog, run === undefined ? study : { run });
      break;
    case 'createStudy':
    case 'runExample':
    case 'showOutput':
      await vscode.commands.executeCommand(COMMANDS[action]);
      break;
    case 'train':
    case 'openGallery':
    case 'openStudy':
      await vscode.commands.executeCommand(COMMANDS[action], study);
      break;
    case 'measure':
      await vscode.commands.executeCommand(COMMANDS.measureAccuracy, { run });
      break;
    case 'manageTrust':
      await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
