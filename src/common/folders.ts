import { lstat, mkdir, stat } from 'node:fs/promises';
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

const TRIES = 100;

/** The folder, or undefined where it is there already. */
async function makeOne(folder: string, tries = TRIES): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const there = await whatIsThere(folder);
    if (there === 'folder') return undefined;
    // It was there a moment ago, and another process has removed it since.
    if (there === 'nothing' && errorCode(error) === 'EEXIST' && tries > 1) return makeOne(folder, tries - 1);
    throw error;
  }
}

/** A link counts as what it leads to, and as something else where that is nothing. */
async function whatIsThere(path: string): Promise<'folder' | 'nothing' | 'else'> {
  const own = await lstat(path).catch((error: unknown) => (errorCode(error) === 'ENOENT' ? 'nothing' : 'else'));
  if (typeof own === 'string') return own;
  const stats = own.isSymbolicLink() ? await stat(path).catch(() => own) : own;
  return stats.isDirectory() ? 'folder' : 'else';
}
