import type * as vscode from 'vscode';
import type { RunSummary } from './runSummary';

export { isLive, type RunState, type RunSummary } from './runSummary';

/** A study file of the workspace. */
export interface StudyEntry {
  /** Absolute. */
  readonly file: string;
  /** The name it gives, or the file's where it cannot be read. */
  readonly name: string;
}

export interface StudyMove {
  /** Paths of the study file. */
  readonly from: string;
  readonly to: string;
  /** Folders of its runs: before, and now where they lie in another. */
  readonly runs: ReadonlyMap<string, string>;
}

/** All studies and runs of the workspace, kept up to date from their files. */
export interface RunStore extends vscode.Disposable {
  /** Something about some run or study is not as it was. */
  readonly onDidChange: vscode.Event<void>;
  /** Resolved when the workspace has been looked through once. */
  readonly ready: Promise<void>;
  /** A study file has another path, and its runs may lie in other folders. */
  readonly onDidMoveStudy: vscode.Event<StudyMove>;
  /** The newest first. */
  runs(): readonly RunSummary[];
  /** By name. */
  studies(): readonly StudyEntry[];
  find(folder: string): RunSummary | undefined;
  /** The path by which studies and runs name a study file that may be reached by another, such as a link. */
  studyPath(file: string): string;
  /** The newest run of this study file that can be read. */
  newestOf(studyFile: string): RunSummary | undefined;
  /** Looks through the workspace again. */
  refresh(): Promise<void>;
}
