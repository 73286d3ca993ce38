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
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  const text = open?.getText() ?? (await readText(file));
  if (text === undefined) return { study: run, text };
  const { allStudies, parseStudy, studyInForce } = await import('../../study');
  const parsed = parseStudy(text, file);
  return parsed.ok ? { study: studyInForce(run, allStudies(parsed)), text } : { study: run, text: undefined };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(file)));
  } catch {
    return undefined;
  }
}
