import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { textColumn } from '../webview/panelPlace';
import { writeExample } from './createStudy';

const EXAMPLE_NAME = 'example-sweep';

/** Writes the study "example-sweep", unless it is there, and opens it. */
export async function createExampleSweepCommand({ runStore }: CoreParts): Promise<void> {
  await runStore.ready;
  const there = runStore.studies().find(({ name }) => name === EXAMPLE_NAME)?.file;
  if (there === undefined) await writeExample('sweep', EXAMPLE_NAME);
  else await vscode.window.showTextDocument(vscode.Uri.file(there), { preview: false, viewColumn: textColumn() });
}
