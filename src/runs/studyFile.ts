/**
 * The study file that run.json names: relative to the run folder, so that a project can be moved as a whole; absolute
 * where folders on the way are links, so that runs of several projects in one linked folder are not mistaken for each
 * other's.
 */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileIdentity, isSameFile, realPathOf } from '../common/fileIdentity';
import { succeeds } from '../common/succeeds';

/** What run.json is to hold for a study file. @param runFolder absolute */
export async function studyFileFrom(runFolder: string, studyFile: string): Promise<string> {
  const file = resolve(studyFile);
  const asReached = relative(runFolder, file);
  const fromReal = resolve(await realPathOf(runFolder), asReached);
  if (isSameFile(await fileIdentity(fromReal), await fileIdentity(file))) return asReached.split(sep).join('/');
  return join(await realPathOf(dirname(file)), basename(file));
}

/** The absolute path of the study file that run.json names; there may be none any more. @param runFolder absolute */
export async function studyFileAt(runFolder: string, named: string): Promise<string> {
  const asReached = resolve(runFolder, named);
  if (await succeeds(stat(asReached))) return asReached;
  const fromReal = resolve(await realPathOf(runFolder), named);
  return (await succeeds(stat(fromReal))) ? fromReal : asReached;
}
