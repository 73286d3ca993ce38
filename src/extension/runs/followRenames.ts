/** Keeps the runs of a study file that is renamed or moved in VS Code, by itself or with a folder. */
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { CoreParts } from '../coreParts';
import { showError } from '../commands/registerCommand';
import { adoptionWarnings, moveRuns, type Assignment } from './moveRuns';
import type { RunSummary } from './runSummary';

/** The new path after files were renamed; undefined where it stayed. */
type Renaming = (path: string) => string | undefined;

interface Renamed {
  /** Study files by their earlier paths. */
  readonly studyFiles: readonly string[];
  /** The runs of these files, as they were before. */
  readonly runs: readonly RunSummary[];
  readonly renaming: Renaming;
}

type Parts = Pick<CoreParts, 'log' | 'runStore'>;

export function followRenames(parts: Parts): vscode.Disposable {
  let busy: Promise<void> = Promise.resolve();
  return vscode.workspace.onDidRenameFiles(({ files }) => {
    const renaming = renamingOf(files);
    const staysStudy = (path: string): boolean => renaming(path)?.endsWith(STUDY_SUFFIX) === true;
    // Taken before the rename, because the store loses the study file with it.
    const runs = parts.runStore.runs().filter(({ studyFile, state }) => state !== 'damaged' && staysStudy(studyFile));
    const others = parts.runStore.studies().flatMap(({ file }) => (staysStudy(file) ? [file] : []));
    const studyFiles = [...new Set([...others, ...runs.map(({ studyFile }) => studyFile)])];
    if (studyFiles.length === 0) return;
    busy = busy.then(() =>
      follow(parts, { studyFiles, runs, renaming }).catch((error: unknown) => showError(parts.log, error)),
    );
  });
}

function renamingOf(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): Renaming {
  const pairs = files.map(({ oldUri, newUri }) => ({ from: oldUri.fsPath, to: newUri.fsPath }));
  return (path) => {
    const pair = pairs.find(({ from }) => path === from || path.startsWith(from + sep));
    return pair && pair.to + path.slice(pair.from.length);
  };
}

async function follow({ log, runStore }: Parts, { studyFiles, runs, renaming }: Renamed): Promise<void> {
  const { openRun } = await import('../../runs');
  const { fileIdentity, isSameFile } = await import('../../common/fileIdentity');
  const now = (path: string): string => renaming(path) ?? path;
  const assignments: Assignment[] = [];
  for (const { folder, studyFile } of runs) {
    const run = await openRun(now(folder)).catch((error: unknown) => log.error(`${folder}: ${String(error)}`));
    if (run === undefined) continue;
    // If the whole project was renamed, run.json names the study file relative to its own folder and stays right.
    if (!isSameFile(await fileIdentity(run.studyFile), await fileIdentity(now(studyFile))))
      assignments.push({ run, studyFile: now(studyFile) });
  }
  const adoptions = await moveRuns(assignments, (error) => void showError(log, error));
  for (const { run, before } of adoptions)
    log.info(`${before.folder} of ${before.studyFile} is ${run.folder} of ${run.studyFile} now.`);
  const folders = new Map(adoptions.map(({ before, run }) => [before.folder, run.folder]));
  const moves = studyFiles.map((from) => {
    const own = runs.filter(({ studyFile }) => studyFile === from);
    const places = own.map(({ folder }): [string, string] => [folder, folders.get(now(folder)) ?? now(folder)]);
    return { from, to: now(from), runs: new Map(places) };
  });
  await runStore.movedStudies(moves);
  for (const warning of await adoptionWarnings(adoptions)) void vscode.window.showWarningMessage(warning);
}
