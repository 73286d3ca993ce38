/** What this program keeps for a user and could fetch or compute again. The Hugging Face cache is shared, and not ours. */
import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, fileError } from '../common/atomic';
import { cacheFolder } from './native/location';

export const USER_CACHES = ['downloads', 'native', 'onnxruntime', 'self-tests', 'vscode'] as const;
export type UserCache = (typeof USER_CACHES)[number];

/** What is lost with it, to be read after its name. */
export const USER_CACHE_WORDS: Readonly<Record<UserCache, string>> = {
  downloads: 'downloads that were not finished',
  native: 'the native engine: installed again by npm run setup or Install Native Engine',
  onnxruntime: 'onnxruntime: installed again by epochlens setup onnxruntime',
  'self-tests': 'how fast each engine is here: measured again when one is next chosen',
  vscode: 'VS Code for npm run code and the tests: fetched again',
};

export function userCacheFolder(cache: UserCache): string {
  return join(cacheFolder(), cache);
}

/**
 * Deletes a cache; a process that has it open goes on with it. It is renamed first: what a kill leaves of it is not taken
 * for a whole one. @throws WorkError
 */
export async function clearUserCache(cache: UserCache): Promise<void> {
  const folder = userCacheFolder(cache);
  const going = join(cacheFolder(), `.${cache}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    if ((await stat(folder).catch(() => undefined)) === undefined) return;
    await rename(folder, going);
    await rm(going, { recursive: true, force: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw fileError('the cache could not be deleted', folder, error);
  }
}
