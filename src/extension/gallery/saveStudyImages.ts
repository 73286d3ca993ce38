import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { InputError, WorkError } from '../../common/errors';
import type { ChosenImages } from '../../protocol/gallery';
import { saveStudy } from '../studies/saveStudy';
import { offerToCompare, unsavedText } from '../studies/savedStudy';
import { difference, imagesText, withImages } from './studyText';

/**
 * Writes `explain.images` as one edit that can be undone in the file's editor. A file with unsaved changes is edited
 * and not saved. If the unsaved changes are in its images, the file is left alone.
 * @throws InputError, WorkError
 */
export async function saveStudyImages(uri: vscode.Uri, images: ChosenImages): Promise<{ written: boolean }> {
  const document = await vscode.workspace.openTextDocument(uri);
  const hadChanges = document.isDirty;
  const before = document.getText();
  if (hadChanges && imagesText(before) !== imagesText(await readFile(uri.fsPath, 'utf8').catch(() => before))) {
    throw new InputError(vscode.l10n.t('the images in the study file have changes that are not saved'), {
      file: uri.fsPath,
      advice: vscode.l10n.t('Save it, or undo them, and try again.'),
    });
  }
  const { start, end, text } = difference(before, withImages(before, images, uri.fsPath));
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
  throw new WorkError(unsavedText(uri.fsPath, problem), {
    advice: vscode.l10n.t('The selection is in its editor, unsaved.'),
  });
}
