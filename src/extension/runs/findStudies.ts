import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { STUDY_SUFFIX, studyNameOf } from '../../study/fileName';
import { STUDY_PATTERN } from '../ids';
import { studyFolderOf } from './readRun';
import type { StudyEntry } from './runStore';

const EXCLUDED = '**/node_modules/**';
const MOST = 1000;

/** The study files of the workspace, and those that are open without being in it. */
export async function findStudies(): Promise<StudyEntry[]> {
  const found = await vscode.workspace.findFiles(STUDY_PATTERN, EXCLUDED, MOST);
  const open = vscode.workspace.textDocuments.map(({ uri }) => uri);
  const files = [...found, ...open].filter(({ scheme, path }) => scheme === 'file' && path.endsWith(STUDY_SUFFIX));
  const paths = [...new Set(files.map(({ fsPath }) => fsPath))].sort();
  const studies = await Promise.all(paths.map(async (file) => ({ file, name: await nameIn(file) })));
  return studies.sort((a, b) => a.name.localeCompare(b.name));
}

async function nameIn(file: string): Promise<string> {
  const { parse } = await import('jsonc-parser');
  const content: unknown = parse(await readFile(file, 'utf8').catch(() => ''), [], { allowTrailingComma: true });
  const name = typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
  return typeof name === 'string' ? name : studyNameOf(file);
}

/** Where there may be runs: beside the studies, and where a study has been moved away or deleted. */
export async function studyFolders(studies: readonly StudyEntry[]): Promise<Set<string>> {
  const runs = await vscode.workspace.findFiles('**/.epochlens/runs/*/*/run.json', EXCLUDED, MOST);
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return new Set([
    ...roots,
    ...studies.map(({ file }) => dirname(file)),
    ...runs.map(({ fsPath }) => studyFolderOf(dirname(fsPath))),
  ]);
}
