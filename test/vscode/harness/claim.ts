/** Whoever has time takes the next suite. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../src/common/atomic';
import type { Lane } from './arguments';

/** Says that a lane takes something, by a name that is a file's. @returns false where another has taken it */
export async function claim({ claims, number }: Lane, name: string): Promise<boolean> {
  const file = join(claims, name);
  try {
    await writeFile(file, number, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    // Its own is from a process that has died.
    return (await readFile(file, 'utf8')) === number;
  }
}
