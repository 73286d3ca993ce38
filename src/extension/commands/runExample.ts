import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { isTrusted } from '../training/trust';
import { createStudyCommand } from './createStudy';

const EXAMPLE_NAME = 'example';

/** Writes the study "example", unless it is there, opens it, and trains it. */
export async function runExampleCommand({ runStore }: CoreParts): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  await runStore.ready;
  const there = runStore.studies().find(({ name }) => name === EXAMPLE_NAME)?.file;
  const uri = there === undefined ? await createStudyCommand(EXAMPLE_NAME) : vscode.Uri.file(there);
  if (uri === undefined) return;
  await vscode.window.showTextDocument(uri, { preview: false });
  await vscode.commands.executeCommand(COMMANDS.train, uri);
}
