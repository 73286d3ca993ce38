import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { createStudyCommand } from './createStudy';
import { isTrusted } from '../training/trust';

const NAME = 'example';

/** Writes the study "example" unless it exists, opens it, and trains it. */
export async function runExampleCommand({ runStore }: CoreParts): Promise<void> {
  if (!(await isTrusted('Training'))) return;
  await runStore.ready;
  const there = runStore.studies().find(({ name }) => name === NAME)?.file;
  const uri = there === undefined ? await createStudyCommand(NAME) : vscode.Uri.file(there);
  if (uri === undefined) return;
  await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand(COMMANDS.train, uri);
}
