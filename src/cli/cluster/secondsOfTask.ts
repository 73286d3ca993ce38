/** How long a task should be allowed to take: by the cells that are trained, else as before. */
import { readJobs, secondsIn } from '../../cluster';
import type { Sweep } from '../../study';
import { cellSeconds, epochSeconds, runsOfCells, type CellProgress, type SweepState } from '../../sweeps';

/** A node may be slower than where the first cells were trained, and tests come after. */
const SPARE = 2;

/**
 * Of a whole cell, however far each of them is, the longest; no less than what did not suffice before. Undefined where
 * nobody can say.
 * @param cells to be submitted
 * @param host where to
 */
export async function secondsOfTask(
  cells: readonly CellProgress[],
  sweep: Pick<Sweep, 'cells'>,
  { studyFile, folder }: Pick<SweepState, 'studyFile' | 'folder'>,
  host: string | null,
): Promise<number | undefined> {
  const ofEpochs = await epochSeconds(sweep.cells, await runsOfCells(studyFile));
  const estimates = cells.flatMap(({ cell }) => cellSeconds(cell, ofEpochs) ?? []);
  const jobs = (await readJobs(folder)).filter(({ job }) => job.host === host && job.time !== null);
  const asked = jobs.flatMap((each) => {
    const own = cells.filter(({ task }) => task?.job === each.folder);
    const isTooLittle = own.some(({ task }) => task?.state === 'timedOut');
    return own.length === 0 ? [] : [{ seconds: secondsIn(each.job.time ?? ''), isTooLittle }];
  });
  const tooLittle = asked.filter(({ isTooLittle }) => isTooLittle).map(({ seconds }) => seconds);
  if (estimates.length > 0) return Math.max(SPARE * Math.max(...estimates), ...tooLittle);
  const newest = asked.at(-1)?.seconds;
  return newest === undefined ? undefined : Math.max(newest, ...tooLittle);
}
