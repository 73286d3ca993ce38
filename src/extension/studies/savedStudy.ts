/**
 * The one way to the study that a command acts on: what the editor shows, saved. If it cannot be saved, the command
 * does not run, because it would act on another version than the visible one.
 */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import type { LocatedStudy } from '../../study';
import { showFirstProblem } from './firstProblem';
import { saveStudy, type SaveProblem } from './saveStudy';

/**
 * The study of each of the file's models.
 * @param use `train` also refuses what a training would: data, images, layers and weights that are not there
 * @returns undefined where it cannot be saved or is invalid, which has been reported
 */
export async function savedStudies(
  file: string,
  use: 'read' | 'train' = 'read',
): Promise<readonly [LocatedStudy, ...LocatedStudy[]] | undefined> {
  if (!(await isSaved(file))) return undefined;
  const { readStudies } = await import('../../study');
  try {
    const studies = await readStudies(file);
    return use === 'train' && (await showFirstProblem(file)) ? undefined : studies;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // A file that cannot be read has no place to show.
    if (!(await showFirstProblem(file))) void vscode.window.showErrorMessage(error.message);
    return undefined;
  }
}

/** The study of one of the file's models; of the first if none is named. */
export async function savedStudy(file: string, architecture?: string): Promise<LocatedStudy | undefined> {
  const studies = await savedStudies(file);
  const found = studies?.find(({ study }) => architecture === undefined || study.model.architecture === architecture);
  if (studies !== undefined && found === undefined) {
    const names = studies.map(({ study }) => study.model.architecture).join(', ');
    void offerStudyFile(
      file,
      vscode.l10n.t('{0} no longer names the model {1}: it names {2}.', basename(file), architecture ?? '', names),
    );
  }
  return found;
}

/** Saves unsaved changes. A failure is reported, with a button that shows the cause. */
export async function isSaved(file: string): Promise<boolean> {
  const problem = await saveStudy(file);
  if (problem !== undefined) void offerToCompare(file, problem, vscode.l10n.t('Nothing was started.'));
  return problem === undefined;
}

/** What happened, as a sentence. */
export function unsavedText(file: string, problem: SaveProblem): string {
  const name = basename(file);
  switch (problem) {
    case 'changed':
      return vscode.l10n.t('{0} could not be saved: the file has changed on disk since it was opened.', name);
    case 'readOnly':
      return vscode.l10n.t('{0} could not be saved: the file is read-only.', name);
    case 'gone':
      return vscode.l10n.t('{0} could not be saved: the file is gone, and so is its folder.', name);
    case 'behind':
      return vscode.l10n.t('{0} is not what its editor shows: it has changed on disk.', name);
  }
}

/** Reports that a file could not be saved, and what follows from that. */
export async function offerToCompare(file: string, problem: SaveProblem, consequence = ''): Promise<void> {
  const compare = vscode.l10n.t('Compare');
  const open = vscode.l10n.t('Open Study File');
  const actions = problem === 'gone' ? [open] : [compare, open];
  const message = `${unsavedText(file, problem)} ${consequence}`.trim();
  const answer = await vscode.window.showErrorMessage(message, ...actions);
  const uri = vscode.Uri.file(file);
  if (answer !== undefined) await vscode.window.showTextDocument(uri, { preview: false });
  if (answer === compare) await vscode.commands.executeCommand('workbench.files.action.compareWithSaved', uri);
}

async function offerStudyFile(file: string, message: string): Promise<void> {
  const open = vscode.l10n.t('Open Study File');
  if ((await vscode.window.showErrorMessage(message, open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
}
