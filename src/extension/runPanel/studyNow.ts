/** What a study file says now, also unsaved. */
import * as vscode from 'vscode';
import type { ExplainSettings } from '../../study';

export interface StudyNow {
  readonly explain: ExplainSettings;
  /** Undefined where the file cannot be read: then the settings are those when the run began. */
  readonly text: string | undefined;
}

export async function studyNow(file: string, fallback: ExplainSettings): Promise<StudyNow> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  const text = open?.getText() ?? (await readText(file));
  if (text === undefined) return { explain: fallback, text };
  const { parseStudy } = await import('../../study');
  const parsed = parseStudy(text, file);
  return parsed.ok ? { explain: parsed.study.explain, text } : { explain: fallback, text: undefined };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(file)));
  } catch {
    return undefined;
  }
}
