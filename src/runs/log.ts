import { appendFile } from 'node:fs/promises';
import { fileError } from '../common/atomic';
import { runPaths } from './paths';

/** Appends to log.txt. */
export async function appendLog(folder: string, text: string): Promise<void> {
  const path = runPaths(folder).log;
  await appendFile(path, text).catch((error: unknown) => {
    throw fileError('could not be written', path, error);
  });
}
