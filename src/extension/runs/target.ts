import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import { studyOfFocusedPanel } from './panelStudies';
import type { RunStore, RunSummary } from './runStore';

/**
 * The argument of a command about a run: a node of the view "Runs", the URI of a study file or a run folder (from
 * menus), or a path of either (from code).
 */
export type RunTarget = RunNode | vscode.Uri | string | undefined;

export interface RunNode {
  readonly run?: RunSummary;
  readonly studyFile?: string;
  /** The model that is meant, in a study of several. */
  readonly architecture?: string;
  /** The id of a cell of the study's sweep. */
  readonly cell?: string;
  /** A checkpoint of the run. */
  readonly epoch?: number;
  /** Folders of several runs. */
  readonly runs?: readonly string[];
  /** Images of the data set, passed by a panel. */
  readonly images?: readonly { readonly set: 'test' | 'train'; readonly index: number }[];
}

/** The target's study file, or that of the focused panel or editor. */
export function studyFileOf(target: RunTarget): string | undefined {
  if (target instanceof vscode.Uri) return ifStudy(fileOf(target));
  if (typeof target === 'string') return ifStudy(target);
  if (target !== undefined) return target.run?.studyFile ?? target.studyFile;
  return studyOfFocusedPanel() ?? ifStudy(activeFile());
}

/** The target's run, or the newest run of the target's study file. Asks nobody. */
export function runOfTarget(target: RunTarget, store: RunStore): RunSummary | undefined {
  const path = target instanceof vscode.Uri ? fileOf(target) : target;
  if (typeof path === 'object' && path.run !== undefined) return store.find(path.run.folder);
  const named = typeof path === 'string' ? store.find(path) : undefined;
  if (named !== undefined) return named;
  const studyFile = studyFileOf(target);
  return studyFile === undefined ? undefined : store.newestOf(studyFile);
}

function activeFile(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText ? input.uri : vscode.window.activeTextEditor?.document.uri;
  return uri && fileOf(uri);
}

/** Another version of a file, such as git's, has the file's path as well, but is not meant. */
function fileOf({ scheme, fsPath }: vscode.Uri): string | undefined {
  return scheme === 'file' ? fsPath : undefined;
}

function ifStudy(path: string | undefined): string | undefined {
  return path?.endsWith(STUDY_SUFFIX) === true ? path : undefined;
}
