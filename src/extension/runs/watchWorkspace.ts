import { basename, sep } from 'node:path';
import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import { isRunName } from '../../runs/staging';
import { STUDY_PATTERN } from '../ids';

interface Told {
  /** Something in this run folder has changed. */
  readonly run: (folder: string) => void;
  /** Study files or whole runs were created or deleted. */
  readonly studies: () => void;
}

const QUIET_MILLISECONDS = 200;

/** Watches studies and run folders. Many changes at once cause one report. */
export function watchWorkspace({ run, studies }: Told): vscode.Disposable {
  const pending = new Set<string>();
  let all = false;
  let timer: NodeJS.Timeout | undefined;
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (all) studies();
      else for (const folder of pending) run(folder);
      all = false;
      pending.clear();
    }, QUIET_MILLISECONDS);
  }
  function onRun({ fsPath }: vscode.Uri): void {
    const folder = runFolderOf(fsPath);
    // A run that is being imported is reported once it is in its place.
    if (folder !== undefined && !isRunName(basename(folder))) return;
    if (folder !== undefined) pending.add(folder);
    else all = true;
    soon();
  }
  function onStudy(): void {
    all = true;
    soon();
  }
  const files = vscode.workspace.createFileSystemWatcher('**/.epochlens/runs/**');
  // Where the whole folder is deleted, only that is told of, and nothing that was in it.
  const folders = vscode.workspace.createFileSystemWatcher('{**/.epochlens,**/.epochlens/runs}');
  const studyFiles = vscode.workspace.createFileSystemWatcher(STUDY_PATTERN);
  return vscode.Disposable.from(
    files,
    folders,
    studyFiles,
    folders.onDidDelete(onStudy),
    files.onDidCreate(onRun),
    files.onDidChange(onRun),
    files.onDidDelete(onRun),
    studyFiles.onDidCreate(onStudy),
    studyFiles.onDidChange(onStudy),
    studyFiles.onDidDelete(onStudy),
    vscode.workspace.onDidChangeWorkspaceFolders(onStudy),
    // A study that is opened without being in the workspace.
    vscode.workspace.onDidOpenTextDocument(({ fileName }) => {
      if (fileName.endsWith(STUDY_SUFFIX)) onStudy();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

/** The run folder …/.epochlens/runs/STUDY/RUN that contains the path; undefined for a path above it. */
function runFolderOf(path: string): string | undefined {
  const parts = path.split(sep);
  const at = parts.lastIndexOf('.epochlens');
  return parts.length < at + 4 ? undefined : parts.slice(0, at + 4).join(sep);
}
