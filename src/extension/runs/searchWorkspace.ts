import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { studyFolderOf } from '../../runs/finding/find';
import { STUDY_PATTERN } from '../ids';
import type { Log } from '../log';
import { walk } from './walk';

export interface WorkspaceContent {
  readonly studies: readonly string[];
  /** The folders that have runs, also of studies that were moved away or deleted. */
  readonly withRuns: readonly string[];
}

const PATTERN = `{${STUDY_PATTERN},**/.epochlens/runs/*/*/run.json}`;
const EXCLUDED = '**/node_modules/**';
const MOST_FILES = 2000;
const MOST_FOLDERS = 20_000;

/** Finds the studies and runs of the workspace by VS Code's search, or else by looking through its folders. */
export async function searchWorkspace(log: Log, signal: AbortSignal): Promise<WorkspaceContent> {
  const found = await search(PATTERN, EXCLUDED, MOST_FILES).catch((error: unknown) => String(error));
  if (typeof found !== 'string' && (found.length > 0 || (await canSearch()))) {
    const [studies, runs] = [true, false].map((areStudies) =>
      found.filter((path) => path.endsWith('run.json') !== areStudies),
    ) as [string[], string[]];
    return { studies, withRuns: runs.flatMap((path) => studyFolderOf(dirname(path)) ?? []) };
  }
  const walked = await walk(roots(), { excluded: excludedNames(), most: MOST_FOLDERS, signal });
  if (walked.folders > 1) sayThatItWalks(log, found, walked);
  return walked;
}

async function search(pattern: string, exclude: string | null, most: number): Promise<string[]> {
  const found = await vscode.workspace.findFiles(pattern, exclude, most);
  return found.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}

/** Whether a search finds anything: without ripgrep it may end as if there were no files. */
async function canSearch(): Promise<boolean> {
  return (await search('**/*', null, 1).catch(() => [])).length > 0;
}

function roots(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

/** The names that `files.exclude` leaves out wherever they are, node_modules, and .git. */
function excludedNames(): Set<string> {
  const excludes = vscode.workspace.getConfiguration('files').get<Record<string, unknown>>('exclude', {});
  const names = Object.entries(excludes).flatMap(([pattern, on]) =>
    on === true ? (/^(?:\*\*\/)?([^*?{}[\]/]+)$/.exec(pattern)?.[1] ?? []) : [],
  );
  return new Set([...names, 'node_modules', '.git']);
}

let isSaid = false;

/** Says so once a window. */
function sayThatItWalks(log: Log, found: unknown, { folders, cutShort }: { folders: number; cutShort: boolean }): void {
  log.warn(
    `VS Code cannot search: ${typeof found === 'string' ? found : 'it finds no file at all'}. ${folders} folders were looked through${cutShort ? ', and no more' : ''}.`,
  );
  if (isSaid) return;
  isSaid = true;
  const message = cutShort
    ? vscode.l10n.t(
        'VS Code cannot search this workspace: its search program, ripgrep, is missing or does not start. EpochLens looked through {0} folders by itself; studies in others appear when they are opened. Install VS Code again to mend its search.',
        folders,
      )
    : vscode.l10n.t(
        'VS Code cannot search this workspace: its search program, ripgrep, is missing or does not start. EpochLens looked through the folders by itself, which takes longer. Install VS Code again to mend its search.',
      );
  void vscode.window.showWarningMessage(message);
}
