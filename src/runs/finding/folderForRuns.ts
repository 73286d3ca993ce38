import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { foldersOf } from './find';
import { succeeds } from '../common/succeeds';

/**
 * The folder under which new runs of a study file lie. Of a link it is that of the file that it leads to, where every
 * path to that finds them; the link's own where nothing can be written there.
 */
export async function folderForRuns(studyPath: string): Promise<string> {
  const own = dirname(studyPath);
  const real = (await foldersOf(studyPath)).at(-1) ?? own;
  const isWritable = await succeeds(access(real, constants.W_OK));
  return isWritable ? real : own;
}
