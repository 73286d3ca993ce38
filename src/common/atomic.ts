import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorkError } from './errors';

const TEMPORARY = /^\..+\.[0-9a-f]{12}\.tmp$/;

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
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeTemporary(temporary, data, toDisk);
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError('could not be written', path, error);
  }
}

/** Removes what a killed process left of `writeFileAtomically` in a folder that nobody else is writing into. */
export async function removeTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => TEMPORARY.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/** A `WorkError` for a failed file operation, with advice by its cause. */
export function fileError(summary: string, file: string, cause: unknown): WorkError {
  const code = errorCode(cause);
  const advice = code === undefined ? undefined : ADVICE[code];
  const message = cause instanceof Error ? cause.message : String(cause);
  const found = code === undefined ? message : message.replace(CALL, '');
  return new WorkError(summary, { file, found, ...(advice === undefined ? {} : { advice }) }, { cause });
}

/** At the end of the system's messages: the call that failed, with paths that may be a temporary's. */
const CALL = /, [a-z]+( '.*')?$/s;

/** The system's code of a failed operation, such as 'ENOENT'. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const notWritable = 'Choose a folder that you may write into, or change its permissions.';
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: 'The file system is read-only: choose another folder.',
  ENOSPC: 'The disk is full: free some space and try again.',
  EDQUOT: 'Your disk quota is used up: free some space and try again.',
  ENOENT: 'The folder does not exist: create it, or choose another.',
  ENOTDIR: 'A part of the path is a file, not a folder: choose another folder.',
  EISDIR: 'There is a folder of that name: choose another name.',
  ENAMETOOLONG: 'The path is too long: choose a shorter one.',
};

async function writeTemporary(path: string, data: string | Uint8Array, toDisk: boolean): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    if (toDisk) await file.sync();
  } finally {
    await file.close();
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
