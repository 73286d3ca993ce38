import * as vscode from 'vscode';
import { foldersOf, studyFolderOf } from '../../runs/finding/find';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { Log } from '../log';
import { searchWorkspace } from './searchWorkspace';

/** The study files that are known, and the folders that may have runs. The workspace is searched only when asked. */
export interface KnownPlaces extends vscode.Disposable {
  search(): Promise<void>;
  /** Adds study files that a watcher has reported. Those that are gone do no harm. */
  addStudies(files: readonly string[]): void;
  /** Adds the folder of a run that a watcher has reported. */
  addRun(runFolder: string): void;
  /** Also those that are open without being in the workspace; one may be there by several paths. */
  studies(): string[];
  /**
   * The folders that may have runs: those of the studies, of what study links point to, and of studies that were moved
   * away or deleted.
   */
  folders(): Promise<Set<string>>;
}

export function createKnownPlaces(log: Log): KnownPlaces {
  const disposal = new AbortController();
  let studies = new Set<string>();
  let withRuns = new Set<string>();

  function all(): string[] {
    const open = vscode.workspace.textDocuments.flatMap(({ uri }) =>
      uri.scheme === 'file' && uri.path.endsWith(STUDY_SUFFIX) ? [uri.fsPath] : [],
    );
    return [...new Set([...studies, ...open])];
  }

  return {
    async search() {
      const found = await searchWorkspace(log, disposal.signal);
      studies = new Set(found.studies);
      withRuns = new Set(found.withRuns);
    },
    addStudies(files) {
      for (const file of files) studies.add(file);
    },
    addRun(runFolder) {
      const folder = studyFolderOf(runFolder);
      if (folder !== undefined) withRuns.add(folder);
    },
    studies: all,
    async folders() {
      const beside = await Promise.all(all().map(foldersOf));
      const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
      return new Set([...roots, ...beside.flat(), ...withRuns]);
    },
    dispose: () => disposal.abort(),
  };
}
