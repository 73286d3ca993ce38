/** resume/stopped.safetensors: where a training was stopped within an epoch, so that it goes on at that step. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { makeFolder } from '../../common/folders';
import { succeeds } from '../../common/succeeds';
import { deleteOnPurpose } from '../deleting';
import { runPaths, STOPPED_FILE } from '../paths';
import { appendSums, sha256 } from '../sums/sums';

export function hasStopped(folder: string): Promise<boolean> {
  return succeeds(lstat(join(folder, STOPPED_FILE)));
}

/**
 * The sum first, then the file, in place of an earlier one.
 * @param epoch that is being trained @throws WorkError
 */
export async function writeStopped(folder: string, epoch: number, bytes: Uint8Array): Promise<void> {
  await appendSums(folder, [{ file: STOPPED_FILE, sha256: sha256(bytes) }], epoch);
  await makeFolder(runPaths(folder).resume);
  await writeFileAtomically(join(folder, STOPPED_FILE), bytes);
}

/**
 * To be called once an epoch is stored whole: no step before it is gone on from any more. What cannot go now goes with
 * the next epoch; until then nobody uses it, as it says which epoch it is of.
 */
export async function dropStopped(folder: string, epoch: number): Promise<void> {
  if (await hasStopped(folder)) await deleteOnPurpose(folder, [STOPPED_FILE], epoch).catch(() => undefined);
}
