/** What a run is called outside, beside the others of its study. */
import { readManyFacts, runsOfStudy, type Run } from '../runs';
import { folderNames } from './tensorboard/folders';

/** By run folder, of all runs of a study file and one more, where that is of none: "cutout, seed 3". */
export async function namesBeside(run: Run): Promise<Map<string, string>> {
  const others = (await runsOfStudy(run.studyFile)).map(({ folder }) => folder);
  const { facts } = await readManyFacts([...new Set([...others, run.folder])]);
  return folderNames(facts);
}
