import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CancelledError } from '../../common/errors';
import type { DataFile } from '../manifest';

export interface CheckedDataFile {
  readonly path: string;
  /** Undefined where its first records are those that were used. */
  readonly differs: string | undefined;
}

const PART = 1 << 20;

/** The records that a run used of each file of its data set. @throws CancelledError */
export async function checkDataFiles(
  folder: string,
  files: readonly DataFile[],
  recordBytes: number,
  signal?: AbortSignal,
): Promise<CheckedDataFile[]> {
  const checked: CheckedDataFile[] = [];
  for (const { name, records, sha256 } of files) {
    const path = join(folder, name);
    checked.push({ path, differs: await difference(path, records * recordBytes, sha256, signal) });
  }
  return checked;
}

async function difference(
  path: string,
  length: number,
  sha256: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return 'it is gone, and the run was trained on it';
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(PART);
  try {
    for (let at = 0; at < length;) {
      if (signal?.aborted === true) throw new CancelledError();
      const { bytesRead } = await file.read(buffer, 0, Math.min(PART, length - at), at);
      if (bytesRead === 0) return 'it has become shorter than what the run was trained on';
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex') === sha256 ? undefined : 'its images are not those that the run was trained on';
}
