import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode } from './reasons';
import { fileError } from './systemErrors';

/**
 * Makes a folder and those above it; answers the topmost that was not there before. Throws `WorkError` naming it.
 *
 * Not by Node's `recursive`: that never ends where a folder that exists answers "no such file" to making one in it, as
 * those of /proc do.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await makeWithParents(resolve(folder));
  } catch (error) {
    throw fileError('the folder cannot be made', folder, error);
  }
}

async function makeWithParents(folder: string): Promise<string | undefined> {
  try {
    return await makeOne(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (errorCode(error) !== 'ENOENT' || parent === folder) throw error;
    const topmost = await makeWithParents(parent);
    const made = await makeOne(folder);
    return topmost ?? made;
  }
}

/** The folder, or undefined where it is there already. */
async function makeOne(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const isThere = await stat(folder).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (isThere) return undefined;
    throw error;
  }
}
