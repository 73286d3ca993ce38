import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { changeValue } from '../editor/edits';
import { textColumn } from '../webview/panelPlace';
import { firstSweep } from './firstSweep';

/** Writes a first sweep into a study file, as an edit that can be undone, and shows it; the person saves it. */
export async function insertSweep({ log }: CoreParts, studyFile: string): Promise<void> {
  const uri = vscode.Uri.file(studyFile);
  const { readStudy } = await import('../../study');
  // A file that cannot be read is inserted into as well: its problems are shown beside it.
  const study = await readStudy(studyFile).then(
    (located) => located.study,
    (error: unknown) => {
      log.warn(String(error));
      return undefined;
    },
  );
  await changeValue(uri, ['sweep'], firstSweep(study));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn: textColumn() });
  const at = document.positionAt(Math.max(document.getText().indexOf('"sweep"'), 0));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
