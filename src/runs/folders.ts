import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from '../common/atomic';

/** Makes a folder and those above it; answers the topmost that was not there before. */
export async function makeFolder(folder: string): Promise<string | undefined> {
  return mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError('the folder cannot be made', folder, error);
  });
}

/** Removes a folder, and those above it up to `topmost`, as far as they are empty. */
export async function removeEmptyFolders(folder: string, topmost: string): Promise<void> {
  for (let path = folder; path.length >= topmost.length; path = dirname(path)) {
    const removed = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}
