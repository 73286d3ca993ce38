import type { RunManifest } from './manifest';

/** Whether EpochLens trained the run. How any other was trained is not known here, and it cannot go on. */
export function isTrainedHere({ imported, watched }: Pick<RunManifest, 'imported' | 'watched'>): boolean {
  return imported === undefined && watched === undefined;
}
