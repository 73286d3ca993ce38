/** What a run takes of the disk. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runPaths } from '../paths';

/** In bytes. */
export interface RunSize {
  readonly checkpoints: number;
  readonly optimizerStates: number;
  readonly results: number;
  /** With everything else that lies in the folder. */
  readonly all: number;
}

/** Of a folder that is being written to, about what it takes. */
export async function runSize(folder: string): Promise<RunSize> {
  const { checkpoints, resume, results } = runPaths(folder);
  const [ofCheckpoints, ofStates, ofResults, all] = await Promise.all(
    [checkpoints, resume, results, folder].map(folderBytes),
  );
  return {
    checkpoints: ofCheckpoints ?? 0,
    optimizerStates: ofStates ?? 0,
    results: ofResults ?? 0,
    all: all ?? 0,
  };
}

/** Of all files in a folder and those below it, links not followed; 0 where there is none. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await folderBytes(path);
    else if (entry.isFile()) bytes += (await stat(path).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
