/** Which process holds a run folder. */
import { lstat, lutimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { processFate } from '../../common/processes';
import { fileSystemTime } from '../../common/temporaries';
import { listLocks, settledOwner, type Lock, type Owner } from './lockFiles';
import { runPaths } from '../paths';
import { HEARTBEAT_LIMIT_SECONDS, readStatus } from '../status/status';

/** The locks of this process: one with its id and another token is of a dead process that had the same id. */
export const ownTokens = new Set<string>();

export interface Holder {
  readonly owner: Owner;
  /** The lock file's path. */
  readonly lock: string;
}

/** Undefined where none trains in the folder, or there is no such folder. Answers within seconds. */
export async function runHolder(folder: string): Promise<Holder | undefined> {
  const locks = await listLocks(folder).catch((): Lock[] => []);
  for (const lock of locks) {
    const holder = await holderOf(folder, lock);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Undefined where the lock's process no longer trains. */
export async function holderOf(folder: string, lock: Lock): Promise<Holder | undefined> {
  const owner = await settledOwner(lock);
  return owner !== undefined && (await isHeld(folder, lock, owner)) ? { owner, lock: lock.path } : undefined;
}

async function isHeld(folder: string, lock: Lock, owner: Owner): Promise<boolean> {
  const fate = processFate(owner);
  if (fate === 'gone') return false;
  // Containers of one name count their processes alike: an id that is ours says little without a start.
  const isCertain = fate === 'running' || owner.processStart === undefined;
  if (isCertain && owner.pid === process.pid && owner.host === hostname()) return ownTokens.has(owner.token);
  return fate === 'running' || !(await isSilent(folder, lock, owner));
}

/**
 * Whether nothing has been heard for long of a process that cannot be asked after, such as another machine's. Judged by
 * the clock of the disk alone, which stamps what that process writes: this machine's and that one's may be wrong.
 */
async function isSilent(folder: string, lock: Lock, owner: Owner): Promise<boolean> {
  const status = await readStatus(folder);
  const isIts = status !== undefined && status.pid === owner.pid && status.host === owner.host;
  const now = await fileSystemTime(folder).catch(() => undefined);
  // Where nothing can be written, nothing can be taken over.
  if (now === undefined) return false;
  const paths = [lock.path, ...(isIts ? [runPaths(folder).status] : [])];
  const times = await Promise.all(paths.map((path) => timeOf(path, now)));
  return now - Math.max(...times) > 1000 * HEARTBEAT_LIMIT_SECONDS;
}

const TOLERANCE_MILLISECONDS = 2000;

/**
 * When a file was written last. A time to come is one from before the disk's clock was set back, and says nothing: the
 * silence then counts from now on, which the file is marked with.
 */
async function timeOf(path: string, now: number): Promise<number> {
  const modified = await lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => -Infinity,
  );
  if (modified <= now + TOLERANCE_MILLISECONDS) return modified;
  await lutimes(path, now / 1000, now / 1000).catch(() => undefined);
  return now;
}
