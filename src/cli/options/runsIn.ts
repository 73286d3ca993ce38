/** Which runs a place means. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../common/errors';
import { foldersOf, listRuns, openRun, runsOfStudy, type Run, type RunEntry } from '../../runs';
import { readStudy } from '../../study';
import { succeeds } from '../../common/succeeds';

/**
 * The runs of all studies in a folder, of a study file, or a run folder itself (or its run.json); those too that cannot be opened.
 * @throws InputError where there is nothing, or no study
 */
export async function runsIn(place: string): Promise<RunEntry[]> {
  const stats = await stat(place).catch(() => undefined);
  if (stats === undefined) {
    throw new InputError('there is nothing here', {
      file: place,
      found: 'nothing',
      expected: 'a folder of studies, a study file or a run folder',
    });
  }
  if (basename(place) === 'run.json') return [entryOf(await openRun(dirname(place)))];
  if (!stats.isDirectory()) return ofStudy(place);
  const isRun = await succeeds(stat(join(place, 'run.json')));
  return isRun ? [entryOf(await openRun(place))] : listRuns(resolve(place));
}

/** Those that cannot be opened by the folder that they lie in. */
async function ofStudy(file: string): Promise<RunEntry[]> {
  const { study, path } = await readStudy(file);
  const entries = await listRuns(...(await foldersOf(path)));
  const unreadable = entries.filter((entry) => 'problem' in entry && entry.parent === study.name);
  return [...(await runsOfStudy(path)).map(entryOf), ...unreadable];
}

function entryOf(run: Run): RunEntry {
  return { folder: run.folder, id: run.id, parent: basename(dirname(run.folder)), run };
}
