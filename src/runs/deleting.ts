/**
 * Deleting files of a run on purpose: sums.jsonl says so first, so that they are not missed. What a process that died, or
 * a disk that refused, left of it is deleted by the next one that holds the run's lock; nothing reads it until then.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../common/systemErrors';
import { appendSums, readSums } from './sums/sums';
import { usersOf } from './locks/uses';

/** The folders of a run whose files have rows of their own. */
const FOLDERS = ['checkpoints', 'resume'];
const NAME = /^(?:(?:epoch|velocity)-\d{3,}|stopped)\.safetensors$/;

/**
 * The files that were to be deleted and are still there, from the run folder, with '/', sorted. None where a row is
 * damaged: it may be that of a file which was written since. @throws InputError, WorkError where sums.jsonl cannot be read
 */
export async function filesToDelete(folder: string): Promise<string[]> {
  const sums = await readSums(folder);
  if (typeof sums === 'string' || sums.damaged.length > 0) return [];
  const listed = FOLDERS.map(async (part) => {
    const names = await readdir(join(folder, part)).catch((): string[] => []);
    return names.filter((name) => NAME.test(name)).map((name) => `${part}/${name}`);
  });
  return (await Promise.all(listed))
    .flat()
    .filter((file) => sums.of(file) === null)
    .sort();
}

/**
 * Deletes files that have rows. To be called by whoever holds the run's lock.
 * @param newest of all epochs: a run without sums has them from the next one on
 * @throws WorkError
 */
export async function deleteOnPurpose(folder: string, files: readonly string[], newest: number): Promise<void> {
  const sums = await readSums(folder);
  const rows = files
    .filter((file) => typeof sums === 'string' || sums.of(file) !== null)
    .map((file) => ({ file, sha256: null }));
  if (rows.length > 0) await appendSums(folder, rows, newest + 1);
  for (const file of files) {
    const path = join(folder, file);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw fileError('could not be deleted', path, error);
    });
  }
}

/**
 * Deletes what was to be deleted. To be called by whoever holds the run's lock. Nothing goes while a process computes on
 * the run. Never throws: what stays is told by whoever verifies the run.
 */
export async function finishDeleting(folder: string): Promise<void> {
  try {
    const files = await filesToDelete(folder);
    if (files.length === 0 || (await usersOf(folder)).length > 0) return;
    for (const file of files) await rm(join(folder, file), { force: true }).catch(() => undefined);
  } catch {
    // Sums that cannot be read say nothing of what may go.
  }
}
