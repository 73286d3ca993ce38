/** Whole sets of images. */
import type { SetName } from './schema';
import type { Run } from '../../runs';
import { openSource, pixelHash, type ImageSource } from '../../datasets';
import { openRunData } from '../../datasets/runData';
import { createCache } from '../../common/cache';

export interface LoadedSet {
  readonly set: ImageSource;
  /** See `pixelHash`. */
  readonly hash: string;
}

/** The last one, for the next request: 50,000 images are 154 MB. Too short for the files to change in between. */
const SETS = createCache<LoadedSet>({ most: 1, idleMilliseconds: 20_000 });

/** @throws InputError where the data is not what the run was made with */
export function withSet<R>(run: Run, name: SetName, work: (loaded: LoadedSet) => Promise<R>): Promise<R> {
  const make = async () => {
    const set = await openSource((await openRunData(run))[name]);
    return { set, hash: pixelHash(set) };
  };
  const { study, studyFolder, manifest } = run;
  return SETS.use(JSON.stringify([study.dataset, studyFolder, manifest.dataset, name]), make, work);
}
