/**
 * The one way to the study that a command acts on: what the editor shows, saved. If it cannot be saved, the command
 * does not run, because it would act on another version than the visible one.
 */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import type { LocatedStudy } from '../../study';
import { saveStudy, type SaveProblem } from './saveStudy';

/**
 * The study of each of the file's models.
 * @returns undefined where it cannot be saved or is invalid, which has been reported
 */
export async function savedStudies(file: string): Promise<readonly LocatedStudy[] | undefined> {
  if (!(await isSaved(file))) return undefined;
  const { readStudies } = await import('../../study');
  try {
    return await readStudies(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    void offerCorrection(file, error);
    return undefined;
  }
}

/** The study of one of the file's models; of the first if none is named. */
export async function savedStudy(file: string, architecture?: string): Promise<LocatedStudy | undefined> {
  const studies = await savedStudies(file);
  const found = studies?.find(({ study }) => architecture === undefined || study.model.architecture === architecture);
  if (studies !== undefined && found === undefined) {
    const names = studies.map(({ study }) => study.model.architecture).join(', ');
    const problem = { file, place: 'model', found: names, expected: architecture ?? '' };
    void offerCorrection(file, new InputError('the study no longer names this architecture', problem));
  }
  return found;
}

/** Saves unsaved changes. A failure is reported, with a button that shows the cause. */
export async function isSaved(file: string): Promise<boolean> {
  const problem = await saveStudy(file);
  if (problem !== undefined) void offerToCompare(file, problem, 'Nothing was started.');
  return problem === undefined;
}

const WHY: Readonly<Record<SaveProblem, string>> = {
  changed: 'could not be saved: the file has changed on disk since it was opened',
  readOnly: 'could not be saved: the file is read-only',
  gone: 'could not be saved: the file is gone, and so is its folder',
  behind: 'is not what its editor shows: it has changed on disk',
};

/** What happened, as a sentence. */
export function unsavedText(file: string, problem: SaveProblem): string {
  return `${basename(file)} ${WHY[problem]}.`;
}

/** Reports that a file could not be saved, and what follows from that. */
export async function offerToCompare(file: string, problem: SaveProblem, consequence = ''): Promise<void> {
  const compare = 'Compare';
  const open = 'Open Study File';
  const actions = problem === 'gone' ? [open] : [compare, open];
  const message = `${unsavedText(file, problem)} ${consequence}`.trim();
  const answer = await vscode.window.showErrorMessage(message, ...actions);
  const uri = vscode.Uri.file(file);
  if (answer !== undefined) await vscode.window.showTextDocument(uri, { preview: false });
  if (answer === compare) await vscode.commands.executeCommand('workbench.files.action.compareWithSaved', uri);
}

async function offerCorrection(file: string, { message }: InputError): Promise<void> {
  const open = 'Open Study File';
  if ((await vscode.window.showErrorMessage(message, open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.file(file));
}
