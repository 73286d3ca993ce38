import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { WorkError } from '../../common/errors';
import { saveStudy } from './saveStudy';
import { offerToCompare, unsavedText } from './savedStudy';
import { difference } from '../gallery/studyText';

const TRIES = 4;
const PAUSE_MILLISECONDS = 250;

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
  if (!(await edited(document, change))) {
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

/** VS Code refuses an edit of a text that has just changed, as when its file was written: the edit is then made of the new one. */
async function edited(document: vscode.TextDocument, change: (text: string) => string): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) await sleep(PAUSE_MILLISECONDS);
    const before = document.getText();
    const { start, end, text } = difference(before, change(before));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
    if (await vscode.workspace.applyEdit(edit)) return true;
  }
  return false;
}
