import { dirname } from 'node:path';
import { studyFolderOf } from '../../runs/finding/find';
import type { RunStore } from '../runs/runStore';
import type { RunSummary } from '../runs/runSummary';

/**
 * The runs beside a study file that it may adopt, newest first: runs whose study file is gone, or whose study file has
 * other settings now while this one has theirs. There are none if the file has runs of its own.
 */
export async function adoptableRuns(
  file: string,
  runStore: Pick<RunStore, 'runs' | 'studyPath'>,
): Promise<RunSummary[]> {
  const study = runStore.studyPath(file);
  const runs = runStore.runs();
  if (runs.some(({ studyFile }) => studyFile === study)) return [];
  const beside = runs.filter(({ folder }) => studyFolderOf(folder) === dirname(study));
  if (beside.length === 0) return [];
  const replaced = await replacedFolders(study);
  return beside.filter(({ folder, lost }) => lost === true || replaced.has(folder));
}

/** The command line offers the same runs, judged by the saved file. */
async function replacedFolders(study: string): Promise<ReadonlySet<string>> {
  const [{ lostRunsFor }, { readAllStudies }] = await Promise.all([import('../../runs'), import('../../study')]);
  const studies = await readAllStudies(study).catch(() => []);
  const found = await lostRunsFor(
    study,
    studies.map((each) => each.study),
  );
  return new Set(found.map(({ folder }) => folder));
}
