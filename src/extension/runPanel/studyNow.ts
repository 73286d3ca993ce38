/** Reads the present text of a study file, including unsaved changes. */
import * as vscode from 'vscode';
import type { Study } from '../../study';

export interface StudyNow {
  readonly study: Study;
  /** Undefined where the file cannot be read; the settings are then those of the run. */
  readonly text: string | undefined;
}

/** @param run the study as the run was made by: see `studyInForce` */
export async function studyNow(file: string, run: Study): Promise<StudyNow> {
  const text = await studyTextNow(file);
  if (text === undefined) return { study: run, text };
  const { allStudies, parseStudy, studyInForce } = await import('../../study');
  const parsed = parseStudy(text, file);
  return parsed.ok ? { study: studyInForce(run, allStudies(parsed)), text } : { study: run, text: undefined };
}

/** What the file's editor shows, saved or not; undefined where there is no such file. */
export async function studyTextNow(file: string): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(file)));
  } catch {
    return undefined;
  }
}
