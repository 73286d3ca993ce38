/**
 * One training at a time in a run folder. The lock is a file `lock-N` that only one process can create; a dead process's
 * lock is not removed and made again, which two could do at once, but outnumbered: the next is `lock-N+1`.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { removeTemporaries } from '../common/atomic';
import { InputError, WorkError } from '../common/errors';
import { makeFolder } from '../common/folders';
import { removeEmptyFolders } from './folders';
import { claim, isHeld, ownTokens, readLocks, readOwner, type Lock, type Owner } from './lockFiles';
import { runPaths } from './paths';

export interface RunLock {
  /** Throws `WorkError` when another process has taken the folder over, after this one had been silent for too long. */
  assertHeld(): Promise<void>;
  /** Gives the folder free; it is removed where nothing was written into it. */
  release(): Promise<void>;
}

/**
 * Takes the run folder, which is made when it is absent, for this process. Throws `InputError` while another training
 * holds it, and `WorkError` where it cannot be written into.
 */
export async function lockRun(path: string): Promise<RunLock> {
  const folder = resolve(path);
  const made = await makeFolder(folder);
  const token = randomUUID();
  ownTokens.add(token);
  try {
    const own = await claimNext(path, folder, token);
    return await tidyAndHold(folder, own, token, made);
  } catch (error) {
    ownTokens.delete(token);
    throw error;
  }
}

/** The path of the lock file that this process now holds, and nobody else another. */
async function claimNext(path: string, folder: string, token: string): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const locks = await readLocks(folder);
    for (const lock of locks) if (await isHeld(folder, lock)) throw busy(path, lock);
    const number = Math.max(0, ...locks.map((lock) => lock.number)) + 1;
    const own = join(folder, `lock-${String(number)}`);
    const owner: Owner = { token, pid: process.pid, host: hostname(), since: new Date().toISOString() };
    if (!(await claim(own, owner))) continue;
    if (!(await outbid(folder, own))) return own;
    await rm(own, { force: true });
  }
  throw new WorkError('several trainings are starting in this run folder at once', {
    file: path,
    advice: 'Start one.',
  });
}

async function tidyAndHold(folder: string, own: string, token: string, made: string | undefined): Promise<RunLock> {
  const { checkpoints, resume } = runPaths(folder);
  for (const lock of await readLocks(folder)) if (lock.path !== own) await rm(lock.path, { force: true });
  for (const part of [folder, checkpoints, resume]) await removeTemporaries(part);
  const holds = async (): Promise<boolean> => (await readOwner(own))?.token === token;
  return {
    async assertHeld() {
      if (await holds()) return;
      const advice = 'This one stops, so that the two do not mix.';
      throw new WorkError('another training has taken this run folder over', { file: folder, advice });
    },
    async release() {
      if (await holds()) await rm(own, { force: true });
      ownTokens.delete(token);
      if (made !== undefined) await removeEmptyFolders(folder, made);
    },
  };
}

/** Whether there is another live lock, of a process that read the folder before it was changed. */
async function outbid(folder: string, own: string): Promise<boolean> {
  const others = (await readLocks(folder)).filter(({ path }) => path !== own);
  const held = await Promise.all(others.map((lock) => isHeld(folder, lock)));
  return held.includes(true);
}

function busy(file: string, { owner }: Lock): InputError {
  const found =
    owner === undefined
      ? 'one that is starting'
      : `process ${String(owner.pid)} on ${owner.host}, since ${owner.since}`;
  const advice = 'Wait for it, stop it, or train into another folder.';
  return new InputError('a training is running in this run folder', { file, found, expected: 'none', advice });
}
