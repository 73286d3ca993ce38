/** Files that are written whole or not at all. */
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './reasons';
import { fileError } from './systemErrors';
import { removeDeadTemporariesNowAndThen, temporaryBeside } from './temporaries';

export { errorCode } from './reasons';
export { fileError } from './systemErrors';

export interface WriteOptions {
  /**
   * Whether to wait until the content is on the disk. Without, a power cut may leave the file torn: only for files
   * whose readers notice that, and of which many are written.
   */
  readonly toDisk?: boolean;
}

/**
 * Writes the whole file or nothing: to a temporary beside it, to the disk, then renamed over it. A reader sees the old
 * content or the new. Throws `WorkError` naming the file; the temporary is gone then.
 */
export async function writeFileAtomically(
  path: string,
  data: string | Uint8Array,
  { toDisk = true }: WriteOptions = {},
): Promise<void> {
  await throughTemporary(path, data, toDisk, async (temporary) => {
    await renameOver(temporary, path);
  });
}

/**
 * As `writeFileAtomically`, where there is nothing of that name yet. Answers false where there is anything, also a
 * symbolic link that leads nowhere; of several processes that try, one succeeds.
 */
export async function createFileAtomically(path: string, data: string | Uint8Array): Promise<boolean> {
  return throughTemporary(path, data, true, async (temporary) => {
    try {
      await linkOrCreate(temporary, path, data);
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

async function throughTemporary<T>(
  path: string,
  data: string | Uint8Array,
  toDisk: boolean,
  place: (temporary: string) => Promise<T>,
): Promise<T> {
  await removeDeadTemporariesNowAndThen(dirname(path));
  const temporary = temporaryBeside(path);
  try {
    await writeNew(temporary, data, toDisk);
    return await place(temporary);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError('could not be written', path, error);
  }
}

async function writeNew(path: string, data: string | Uint8Array, toDisk: boolean): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    if (toDisk) await file.sync();
  } finally {
    await file.close();
  }
}

/** What a file system answers that has no second names for a file. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'UNKNOWN'];

async function linkOrCreate(temporary: string, path: string, data: string | Uint8Array): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (!NO_LINKS.includes(errorCode(error) ?? '')) throw error;
    try {
      await writeNew(path, data, true);
    } catch (reason) {
      if (errorCode(reason) !== 'EEXIST') await rm(path, { force: true }).catch(() => undefined);
      throw reason;
    }
  }
}

/** On Windows a rename fails for as long as somebody has the old file open: it is tried again for half a second. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
      if (process.platform !== 'win32' || !busy || attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
