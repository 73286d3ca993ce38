import { dirname } from 'node:path';
import { studyFolderOf } from '../../runs/find';
import type { RunStore } from '../runs/runStore';
import type { RunSummary } from '../runs/runSummary';

/** The runs beside a study file whose own study file is gone, newest first; none where it has a run of its own. */
export function adoptableRuns(file: string, runStore: Pick<RunStore, 'runs' | 'studyPath'>): RunSummary[] {
  const study = runStore.studyPath(file);
  const runs = runStore.runs();
  if (runs.some(({ studyFile }) => studyFile === study)) return [];
  return runs.filter((run) => run.lost === true && studyFolderOf(run.folder) === dirname(study));
}
