/** The run folders of a sweep's cells: the disk says what was trained, whoever trained it. */
import { effectiveState, readStatus, runsOfStudy, type EffectiveState, type Run, type RunStatus } from '../runs';

export interface RunOfCell {
  readonly run: Run;
  readonly status: RunStatus | undefined;
  readonly state: EffectiveState;
}

/**
 * Of each cell, by its id, one run: one that trains at this moment, else a finished one, else the newest.
 * @param studyFile absolute
 */
export async function runsOfCells(studyFile: string): Promise<ReadonlyMap<string, RunOfCell>> {
  const runs = (await runsOfStudy(studyFile)).filter(
    ({ manifest }) => manifest.imported === undefined && manifest.watched === undefined,
  );
  const found = await Promise.all(
    runs.map(async (run): Promise<RunOfCell> => {
      const status = await readStatus(run.folder);
      return { run, status, state: status === undefined ? 'interrupted' : effectiveState(status) };
    }),
  );
  const byCell = new Map<string, RunOfCell>();
  for (const each of found) {
    const known = byCell.get(each.run.manifest.studyHash);
    if (known === undefined || rank(each) < rank(known)) byCell.set(each.run.manifest.studyHash, each);
  }
  return byCell;
}

function rank({ state }: RunOfCell): number {
  return state === 'training' ? 0 : state === 'finished' ? 1 : 2;
}
