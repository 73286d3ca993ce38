/** The files of a run's data set as they are now, each by itself. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CancelledError, isReportedError } from '../common/errors';
import { kindOf } from './datasetKinds';
import type { DataFile } from './types';

export interface CheckedDataFile {
  readonly path: string;
  /** Undefined where its first records are those that were used. */
  readonly differs: string | undefined;
}

/** The records that a run used of each file of its data set. @throws CancelledError */
export async function checkDataFiles(
  kind: string,
  folder: string,
  files: readonly DataFile[],
  signal?: AbortSignal,
): Promise<CheckedDataFile[]> {
  const checked: CheckedDataFile[] = [];
  for (const file of files) {
    const path = resolve(folder, file.name);
    checked.push({ path, differs: await difference(kind, path, file, folder, signal) });
  }
  return checked;
}

async function difference(
  kind: string,
  path: string,
  { records, sha256 }: DataFile,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (!existsSync(path)) return 'it is gone, and the run was trained on it';
  try {
    const hash = await kindOf({ kind }).onDisk?.hashFile(path, records, folder, signal);
    if (hash === undefined) return 'it has become shorter than what the run was trained on';
    return hash === sha256 ? undefined : 'its images are not those that the run was trained on';
  } catch (error) {
    if (!isReportedError(error) || error instanceof CancelledError) throw error;
    return error.summary;
  }
}
