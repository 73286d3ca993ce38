import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { succeeds } from '../../common/succeeds';
import { removeLonelyGitignore } from '../gitignore';

/** Removes a folder, and those above it up to `topmost`, as far as they are empty. */
export async function removeEmptyFolders(folder: string, topmost: string): Promise<void> {
  for (let path = folder; path.length >= topmost.length; path = dirname(path)) {
    await removeLonelyGitignore(path);
    const removed = await succeeds(rmdir(path));
    if (!removed) return;
  }
}
