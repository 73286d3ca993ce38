import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../common/reasons';
import { fileError } from '../../common/systemErrors';

/** A file of a run that is to go. */
export interface RemovableFile {
  readonly epoch: number;
  /** From the run folder, with '/'. */
  readonly file: string;
  readonly bytes: number;
}

/** Those that are there, with their sizes: another process may delete some at this moment. @throws WorkError */
export async function removable(
  folder: string,
  files: readonly Omit<RemovableFile, 'bytes'>[],
): Promise<RemovableFile[]> {
  const found = await Promise.all(files.map((each) => sized(folder, each)));
  return found.filter((file) => file !== undefined);
}

async function sized(folder: string, file: Omit<RemovableFile, 'bytes'>): Promise<RemovableFile | undefined> {
  const path = join(folder, file.file);
  try {
    return { ...file, bytes: (await stat(path)).size };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError('could not be looked at', path, error);
  }
}
