/** Notices changed runs or studies by names and times of known folders alone. This file does not import `vscode`. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findRunFolders } from '../../runs/finding/find';
import { runPaths } from '../../runs/paths';
import { STUDY_SUFFIX } from '../../study/fileName';

/**
 * For each run folder beside these studies, a text that changes when something is created in or deleted from the folder
 * or its checkpoints. A training replaces its status.json once a second, which counts as a change.
 */
export async function stampRuns(studyFolders: Iterable<string>): Promise<Map<string, string>> {
  const folders = await findRunFolders(studyFolders);
  const stamps = await Promise.all(
    folders.map(async (folder) => [await timeOf(folder), await timeOf(runPaths(folder).checkpoints)].join()),
  );
  return new Map(folders.map((folder, index) => [folder, stamps[index] ?? '']));
}

/** For each study file in these folders, the time when it was written. */
export async function stampStudies(studyFolders: Iterable<string>): Promise<Map<string, number>> {
  const found = await Promise.all([...studyFolders].map(studiesIn));
  const files = found.flat().sort();
  return new Map(await Promise.all(files.map(async (file) => [file, await timeOf(file)] as const)));
}

async function studiesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(STUDY_SUFFIX)).map((name) => join(folder, name));
}

/** The time in milliseconds; 0 where there is nothing. */
function timeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
