/** What the panel's buttons do elsewhere in VS Code. */
import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { RunSummary } from '../runs/runStore';

export type Action = 'createStudy' | 'train' | 'openGallery' | 'openLog' | 'showOutput' | 'openStudy';

export async function runAction(
  action: Action,
  about: { readonly studyFile: string | undefined; readonly run: RunSummary | undefined },
): Promise<void> {
  const study = about.studyFile === undefined ? undefined : vscode.Uri.file(about.studyFile);
  switch (action) {
    case 'openLog':
      await vscode.commands.executeCommand(COMMANDS.openLog, about.run === undefined ? study : { run: about.run });
      break;
    case 'createStudy':
    case 'showOutput':
      await vscode.commands.executeCommand(COMMANDS[action]);
      break;
    case 'train':
    case 'openGallery':
    case 'openStudy':
      await vscode.commands.executeCommand(COMMANDS[action], study);
  }
}
