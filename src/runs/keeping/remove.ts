import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../../common/atomic';
import { appendSums, readSums } from '../sums';
import { InputError } from '../../common/errors';

/** A file of a run that is to go. */
export interface RemovableFile {
  readonly epoch: number;
  /** From the run folder, with '/'. */
  readonly file: string;
  readonly bytes: number;
}

export async function removable(folder: string, epoch: number, file: string): Promise<RemovableFile> {
  const { size } = await stat(join(folder, file));
  return { epoch, file, bytes: size };
}

/**
 * Removes files on purpose: sums.jsonl says so first, so that they are not missed. To be called by whoever holds the
 * run's lock. @param newest of all epochs: a run without sums has them from the next one on
 * @throws InputError where sums.jsonl is gone; WorkError
 */
export async function removeOnPurpose(folder: string, files: readonly RemovableFile[], newest: number): Promise<void> {
  if (files.length === 0) return;
  if ((await readSums(folder)) === 'missing') {
    throw new InputError('sums.jsonl is gone: what is deleted now could not be told from what was lost', {
      file: folder,
      advice: 'Restore it from a copy; or, if you trust the files as they are: epochlens verify RUN --seal.',
    });
  }
  await appendSums(
    folder,
    files.map(({ file }) => ({ file, sha256: null })),
    newest + 1,
  );
  for (const { file } of files) {
    const path = join(folder, file);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw fileError('could not be deleted', path, error);
    });
  }
}
