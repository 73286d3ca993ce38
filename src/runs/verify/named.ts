import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { readStudy } from '../../study/index';
import { listRuns } from '../finding/list';
import { openRun } from '../open';
import { runPaths } from '../paths';
import { resolveRuns } from '../finding/resolve';

/**
 * The run folders that an argument means, whether or not they can be opened: a run folder, or of a study file the newest
 * run of each of its models, and every run of it whose run.json cannot be read, as that may be the newest.
 */
export async function namedRunFolders(argument: string): Promise<string[]> {
  const stats = await stat(argument).catch(() => undefined);
  if (stats?.isDirectory() === true) return [await runFolder(argument)];
  if (stats !== undefined && basename(argument) === 'run.json') return [resolve(dirname(argument))];
  const unreadable = stats === undefined ? [] : await unreadableRuns(argument);
  try {
    return [...(await resolveRuns(argument)).map(({ folder }) => folder), ...unreadable];
  } catch (error) {
    if (unreadable.length > 0) return unreadable;
    throw error;
  }
}

/** @throws InputError where nothing in it is a run's */
async function runFolder(folder: string): Promise<string> {
  const { sums, metrics, checkpoints } = runPaths(folder);
  const isLeft = [sums, metrics, checkpoints].some(existsSync);
  return isLeft ? resolve(folder) : (await openRun(folder)).folder;
}

async function unreadableRuns(studyFile: string): Promise<string[]> {
  const { study, folder } = await readStudy(studyFile);
  const entries = await listRuns(folder);
  return entries.flatMap((entry) => ('problem' in entry && entry.parent === study.name ? [entry.folder] : []));
}
