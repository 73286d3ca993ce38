/** Whether runs or studies have changed, told from names and times of known folders alone. Knows nothing of `vscode`. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findRunFolders } from '../../runs/finding/find';
import { runPaths } from '../../runs/paths';
import { STUDY_SUFFIX } from '../../study/fileName';

/**
 * By run folder, of all runs beside these studies: a text that is the same as long as nothing has come into the run
 * folder or its checkpoints, or gone from there. A training replaces its status.json once a second, which shows.
 */
export async function stampRuns(studyFolders: Iterable<string>): Promise<Map<string, string>> {
  const folders = await findRunFolders(studyFolders);
  const stamps = await Promise.all(
    folders.map(async (folder) => [await timeOf(folder), await timeOf(runPaths(folder).checkpoints)].join()),
  );
  return new Map(folders.map((folder, index) => [folder, stamps[index] ?? '']));
}

/** Of the study files in these folders: a text that is the same as long as none comes, goes or is written. */
export async function stampStudies(studyFolders: Iterable<string>): Promise<string> {
  const found = await Promise.all([...studyFolders].map(studiesIn));
  const files = found.flat().sort();
  return JSON.stringify(await Promise.all(files.map(async (file) => [file, await timeOf(file)])));
}

async function studiesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(STUDY_SUFFIX)).map((name) => join(folder, name));
}

/** Milliseconds; 0 where there is nothing. */
function timeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
