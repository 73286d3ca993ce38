/** The run folder that a cell is trained in: one for each, however often its training is begun. */
import { dirname } from 'node:path';
import { listCheckpoints, newRunFolder, readMetrics, unbegunRun } from '../../runs';
import type { LocatedStudy } from '../../study';
import type { RunOfCell } from '../../sweeps';

export interface RunFolderOfCell {
  readonly run: string;
  /** There is a run in it already, which goes on: from its beginning where nothing was trained yet. */
  readonly resumes: boolean;
}

/** Only by whoever holds the cell. @param id the cell's @param existing its run, whose training has ended */
export async function runFolderOf(
  id: string,
  located: LocatedStudy,
  existing: RunOfCell | undefined,
): Promise<RunFolderOfCell> {
  const { folder } = existing?.run ?? {};
  if (folder !== undefined && (await canGoOn(folder))) return { run: folder, resumes: true };
  const fresh = await newRunFolder(located);
  return { run: (await unbegunRun(dirname(fresh), id)) ?? fresh, resumes: false };
}

/** Where epochs were trained whose checkpoints are gone there is nothing to go on with. */
async function canGoOn(folder: string): Promise<boolean> {
  if ((await listCheckpoints(folder)).length > 0) return true;
  return (await readMetrics(folder).catch(() => undefined))?.length === 0;
}
