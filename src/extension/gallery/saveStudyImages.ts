import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import type { ChosenImages } from '../../protocol/gallery';
import { editStudy } from '../studies/editStudy';
import { imagesText, withImages } from './studyText';

/**
 * Writes `explain.images` as one edit that can be undone in the file's editor. A file with unsaved changes is edited
 * and not saved. If the unsaved changes are in its images, the file is left alone.
 * @throws InputError, WorkError
 */
export async function saveStudyImages(uri: vscode.Uri, images: ChosenImages): Promise<{ written: boolean }> {
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  if (document.isDirty && imagesText(before) !== imagesText(await readFile(uri.fsPath, 'utf8').catch(() => before))) {
    throw new InputError(vscode.l10n.t('the images in the study file have changes that are not saved'), {
      file: uri.fsPath,
      advice: vscode.l10n.t('Save it, or undo them, and try again.'),
    });
  }
  return editStudy(
    uri,
    (text) => withImages(text, images, uri.fsPath),
    vscode.l10n.t('The selection is in its editor, unsaved.'),
  );
}
