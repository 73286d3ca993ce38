/**
 * One at a time trains in a run folder, or changes what is in it. The lock is a file `lock-N` that only one process can
 * create; a dead process's lock is not removed and made again, which two could do at once, but left until another is
 * held.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createFileAtomically, errorCode } from '../../common/atomic';
import { InputError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { ownIdentity, processFate } from '../../common/processes';
import { removeDeadTemporaries } from '../../common/temporaries';
import { finishDeleting } from '../deleting';
import { removeEmptyFolders } from '../finding/folders';
import { holderOf, ownTokens, runHolder, type Holder } from './holder';
import { listLocks, readOwner, removeLock, type Owner } from './lockFiles';
import { runPaths } from '../paths';
import { removeDeadStagings } from '../staging';

export interface RunLock {
  /** Throws `WorkError` when another process has taken the folder over, after this one had been silent for too long. */
  assertHeld(): Promise<void>;
  /** Says that its process lives, to other machines, by the clock of the disk. Only where no status.json does. */
  beat(): Promise<void>;
  /** Gives the folder free; it is removed where nothing was written into it. */
  release(): Promise<void>;
}

/** What a run folder is held for. */
export type LockPurpose =
  'training' | 'prune' | 'pack' | 'seal' | 'sweep' | 'queue' | 'cell' | 'submit' | 'tensorboard' | 'ledger';

const ATTEMPTS = 20;

/**
 * Takes the run folder, which is made when it is absent, for this process. Throws `InputError` while another process
 * holds it, and `WorkError` where it cannot be written into.
 */
export async function lockRun(path: string, purpose: LockPurpose = 'training'): Promise<RunLock> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToLock(path, purpose);
    } catch (error) {
      if (!isGone(error) || attempt === ATTEMPTS) throw error;
      await setTimeout(20 + 60 * Math.random());
    }
  }
}

/** Whoever lets go of a lock removes its empty folder, perhaps just as another one is about to use it. */
function isGone(error: unknown): boolean {
  return errorCode(error) === 'ENOENT' || (error instanceof WorkError && errorCode(error.cause) === 'ENOENT');
}

async function tryToLock(path: string, purpose: LockPurpose): Promise<RunLock> {
  const folder = resolve(path);
  const made = await makeFolder(folder);
  const token = randomUUID();
  ownTokens.add(token);
  try {
    const own = await claimLock(path, folder, token, purpose);
    await tidy(folder, own);
    return heldLock(folder, own, token, made);
  } catch (error) {
    ownTokens.delete(token);
    throw error;
  }
}

/** The path of the lock file that this process now holds, and nobody else another. */
async function claimLock(path: string, folder: string, token: string, purpose: LockPurpose): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const holder = await runHolder(folder);
    if (holder !== undefined) throw busy(path, holder, purpose);
    const own = join(folder, await freeName(folder));
    const owner: Owner = { token, ...ownIdentity(), since: new Date().toISOString(), purpose };
    if (await createFileAtomically(own, JSON.stringify(owner))) {
      if (!(await isOutbid(folder, own)) && (await isOf(own, token))) return own;
      if (await isOf(own, token)) await rm(own, { force: true });
    }
    // Two that have seen each other's lock both stepped back: not both at the same moment again.
    await setTimeout(20 + 100 * Math.random());
  }
  throw new WorkError('several processes want this run folder at once', {
    file: path,
    advice: 'Start one.',
  });
}

/** The same for all who see the same locks, so that one of them gets it. */
async function freeName(folder: string): Promise<string> {
  const taken = new Set((await listLocks(folder)).map((lock) => basename(lock.path)));
  for (let number = 1; ; number++) if (!taken.has(`lock-${number}`)) return `lock-${number}`;
}

/** Whether there is another live lock, of a process that read the folder before it was changed. */
async function isOutbid(folder: string, own: string): Promise<boolean> {
  for (const lock of await listLocks(folder)) {
    if (lock.path !== own && (await holderOf(folder, lock)) !== undefined) return true;
  }
  return false;
}

async function isOf(lock: string, token: string): Promise<boolean> {
  return (await readOwner(lock))?.token === token;
}

/** Removes what dead processes left. */
async function tidy(folder: string, own: string): Promise<void> {
  for (const lock of await listLocks(folder)) if (lock.path !== own) await removeLock(lock);
  const { checkpoints, resume, results } = runPaths(folder);
  for (const part of [folder, checkpoints, resume]) await removeDeadTemporaries(part, { alone: await isOwn(part) });
  await removeDeadTemporaries(results);
  await removeDeadStagings(dirname(folder));
  await finishDeleting(folder);
}

/** At a process's end there is time for nothing else. Another's lock of that name is left. */
function removeOwnSync(own: string, token: string): void {
  try {
    if (readFileSync(own, 'utf8').includes(token)) rmSync(own);
  } catch {
    // A lock that stays is a dead process's.
  }
}

/** A folder that a link leads to may be others', too. */
async function isOwn(part: string): Promise<boolean> {
  return lstat(part).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function heldLock(folder: string, own: string, token: string, made: string | undefined): RunLock {
  const removeAtExit = (): void => removeOwnSync(own, token);
  process.once('exit', removeAtExit);
  return {
    async assertHeld() {
      if (await isOf(own, token)) return;
      const advice = 'This one stops, so that the two do not mix.';
      throw new WorkError('another process has taken this run folder over', { file: folder, advice });
    },
    async beat() {
      if (!(await isOf(own, token))) return;
      // Written to: a time that this machine sets would be by its own clock.
      const file = await open(own, 'r+').catch(() => undefined);
      if (file === undefined) return;
      try {
        await file.write('{', 0);
      } finally {
        await file.close();
      }
    },
    async release() {
      process.removeListener('exit', removeAtExit);
      if (await isOf(own, token)) await rm(own, { force: true });
      ownTokens.delete(token);
      if (made !== undefined) await removeEmptyFolders(folder, made);
    },
  };
}

/** Of what holds a folder; of a word that is a newer program's nothing is known but that it is held. */
const HELD_BY: Readonly<Record<string, string>> = {
  training: 'a training is running in this run folder',
  prune: 'checkpoints of this run are being deleted',
  pack: 'this run is being packed',
  seal: 'this run is being sealed',
  sweep: 'a process runs this sweep',
  queue: 'the queue of this sweep is being changed',
  cell: 'a process works on this cell',
  submit: 'this sweep is being handed to a scheduler',
  tensorboard: 'TensorBoard files are being written here',
  ledger: 'the list of perturbation tests is being written',
} satisfies Record<LockPurpose, string>;

function busy(file: string, { owner, lock }: Holder, purpose: LockPurpose): InputError {
  const advice =
    purpose === 'training' ? 'Wait for it, stop it, or train into another folder.' : 'Wait for it, or stop it.';
  const otherwise = processFate(owner) === 'running' ? '' : ` If it runs no more, remove ${lock}.`;
  return new InputError(HELD_BY[owner.purpose ?? 'training'] ?? 'another process holds this run folder', {
    file,
    found: `process ${owner.pid} on ${owner.host}, since ${owner.since}`,
    expected: 'none',
    advice: `${advice}${otherwise}`,
  });
}
