import * as vscode from 'vscode';
import { WorkError } from '../../common/errors';
import type { ChosenImages } from '../../protocol/gallery';
import { difference, withImages } from './studyText';

/**
 * Writes explain.images, as one edit that an editor of the file can undo. A file with unsaved changes of the person's
 * own is changed and not written: those are theirs to save.
 */
export async function saveStudyImages(uri: vscode.Uri, images: ChosenImages): Promise<{ written: boolean }> {
  const document = await vscode.workspace.openTextDocument(uri);
  const hadChanges = document.isDirty;
  const before = document.getText();
  const { start, end, text } = difference(before, withImages(before, images, uri.fsPath));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  const done = await vscode.workspace.applyEdit(edit);
  const written = done && !hadChanges && (await document.save());
  if (done && (written || hadChanges)) return { written };
  throw new WorkError('the study file could not be written', {
    file: uri.fsPath,
    advice: 'See whether it is read-only, or open in an editor that refuses changes',
  });
}
