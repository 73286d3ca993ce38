import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { foldersOf, studyFolderOf } from '../../runs/finding/find';
import { STUDY_SUFFIX } from '../../study/fileName';
import { STUDY_PATTERN } from '../ids';

const EXCLUDED = '**/node_modules/**';
const MOST = 1000;

/** The study files of the workspace, and those that are open without being in it; one may be there by several paths. */
export async function findStudyFiles(): Promise<string[]> {
  const found = await vscode.workspace.findFiles(STUDY_PATTERN, EXCLUDED, MOST);
  const open = vscode.workspace.textDocuments.map(({ uri }) => uri);
  const files = [...found, ...open].filter(({ scheme, path }) => scheme === 'file' && path.endsWith(STUDY_SUFFIX));
  return [...new Set(files.map(({ fsPath }) => fsPath))];
}

/**
 * The folders that may have runs: those of the studies, of what study links point to, and of studies that were moved
 * away or deleted.
 */
export async function studyFolders(studyFiles: readonly string[]): Promise<Set<string>> {
  const runs = await vscode.workspace.findFiles('**/.epochlens/runs/*/*/run.json', EXCLUDED, MOST);
  const beside = await Promise.all(studyFiles.map(foldersOf));
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return new Set([...roots, ...beside.flat(), ...runs.flatMap(({ fsPath }) => studyFolderOf(dirname(fsPath)) ?? [])]);
}
