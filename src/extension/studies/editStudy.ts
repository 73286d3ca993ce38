import * as vscode from 'vscode';
import { WorkError } from '../../common/errors';
import { saveStudy } from './saveStudy';
import { offerToCompare, unsavedText } from './savedStudy';
import { difference } from '../gallery/studyText';

/**
 * Changes a study file as one edit that can be undone in the file's editor. A file with unsaved changes is edited and not
 * saved.
 * @param unsaved where the edit is if it cannot be saved
 * @throws WorkError, and what `change` throws
 */
export async function editStudy(
  uri: vscode.Uri,
  change: (text: string) => string,
  unsaved: string,
): Promise<{ written: boolean }> {
  const document = await vscode.workspace.openTextDocument(uri);
  const hadChanges = document.isDirty;
  const before = document.getText();
  const { start, end, text } = difference(before, change(before));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  const done = await vscode.workspace.applyEdit(edit);
  if (!done) {
    throw new WorkError(vscode.l10n.t('the study file could not be changed'), {
      file: uri.fsPath,
      advice: vscode.l10n.t('See whether it is open in an editor that refuses changes.'),
    });
  }
  if (hadChanges) return { written: false };
  const problem = await saveStudy(uri.fsPath);
  if (problem === undefined) return { written: true };
  void offerToCompare(uri.fsPath, problem);
  throw new WorkError(unsavedText(uri.fsPath, problem), { advice: unsaved });
}
