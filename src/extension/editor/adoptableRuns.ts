import { dirname } from 'node:path';
import { studyFolderOf } from '../../runs/finding/find';
import type { RunStore } from '../runs/runStore';
import type { RunSummary } from '../runs/runSummary';

/**
 * The runs beside a study file that may be its, newest first: their own study file is gone, or is another one by now
 * while this one is what they were made by. None where it has a run of its own.
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

/** As the command line offers them, by what is saved. */
async function replacedFolders(study: string): Promise<ReadonlySet<string>> {
  const [{ lostRunsFor }, { readStudies }] = await Promise.all([import('../../runs'), import('../../study')]);
  const studies = await readStudies(study).catch(() => []);
  const found = await lostRunsFor(
    study,
    studies.map((each) => each.study),
  );
  return new Set(found.map(({ folder }) => folder));
}
