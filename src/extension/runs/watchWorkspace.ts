import { basename, sep } from 'node:path';
import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import { isRunName } from '../../runs/staging';
import { STUDY_PATTERN } from '../ids';

interface Listeners {
  /** A study file, or a file of a run, was created, changed or deleted. */
  readonly file: (uri: vscode.Uri) => void;
  /** Something in these run folders has changed. */
  readonly runs: (folders: readonly string[]) => void;
  /** These study files have changed, or whole folders of runs. */
  readonly studies: (files: readonly string[]) => void;
  /** The workspace has other folders. */
  readonly folders: () => void;
}

const QUIET_MILLISECONDS = 200;
/** Where a whole folder is deleted, only that is reported, and nothing that was in it. */
const RUNS_PATTERN = '{**/.epochlens,**/.epochlens/runs,**/.epochlens/runs/**}';

/** Watches studies and run folders. Many changes at once cause one report. */
export function watchWorkspace(listeners: Listeners): vscode.Disposable {
  const runs = new Set<string>();
  const studies = new Set<string>();
  let all = false;
  let timer: NodeJS.Timeout | undefined;
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (all) listeners.studies([...studies]);
      else listeners.runs([...runs]);
      all = false;
      studies.clear();
      runs.clear();
    }, QUIET_MILLISECONDS);
  }
  function onRun({ fsPath }: vscode.Uri): void {
    const folder = runFolderOf(fsPath);
    // A run that is being imported is reported once it is in its place.
    if (folder !== undefined && !isRunName(basename(folder))) return;
    if (folder !== undefined) runs.add(folder);
    else all = true;
    soon();
  }
  function onStudy({ fsPath }: vscode.Uri): void {
    studies.add(fsPath);
    all = true;
    soon();
  }
  const watched = [
    { watcher: vscode.workspace.createFileSystemWatcher(RUNS_PATTERN), on: onRun },
    { watcher: vscode.workspace.createFileSystemWatcher(STUDY_PATTERN), on: onStudy },
  ];
  const subscriptions = watched.flatMap(({ watcher, on }) => [
    watcher,
    ...[watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].flatMap((event) => [
      event(on),
      event(listeners.file),
    ]),
  ]);
  return vscode.Disposable.from(
    ...subscriptions,
    vscode.workspace.onDidChangeWorkspaceFolders(listeners.folders),
    // A study that is opened without being in the workspace.
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (uri.scheme === 'file' && uri.path.endsWith(STUDY_SUFFIX)) onStudy(uri);
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
