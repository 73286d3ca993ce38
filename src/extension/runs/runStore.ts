import type * as vscode from 'vscode';
import type { RunSummary } from './runSummary';

export { isLive, type RunState, type RunSummary } from './runSummary';

/** A study file of the workspace. */
export interface StudyEntry {
  /** An absolute path. */
  readonly file: string;
  /** The name in the file, or the file's own name where it cannot be read. */
  readonly name: string;
}

export interface StudyMove {
  /** Paths of the study file. */
  readonly from: string;
  readonly to: string;
  /** Folders of its runs before the change, and now if they have moved. */
  readonly runs: ReadonlyMap<string, string>;
}

/** All studies and runs of the workspace, kept up to date from their files. */
export interface RunStore extends vscode.Disposable {
  /** Fires when a run or a study file has changed. */
  readonly onDidChange: vscode.Event<void>;
  /** Resolves when the workspace has been searched once. */
  readonly ready: Promise<void>;
  /** Fires when a study file has another path; its runs may have moved, too. */
  readonly onDidMoveStudy: vscode.Event<StudyMove>;
  /**
   * Fires for each study file or file of a run that was created, changed or deleted. At intervals, and when the window
   * gets the focus, it fires without one, because watchers miss some.
   */
  readonly onDidChangeFile: vscode.Event<vscode.Uri | undefined>;
  /** Newest first. */
  runs(): readonly RunSummary[];
  /** By name. */
  studies(): readonly StudyEntry[];
  find(folder: string): RunSummary | undefined;
  /** The path by which studies and runs name a study file, which may have other paths through links. */
  studyPath(file: string): string;
  /** The newest readable run of this study file. */
  newestOf(studyFile: string): RunSummary | undefined;
  /** Searches the workspace again. */
  refresh(): Promise<void>;
}
