/** The lock files of a run folder, `lock-1`, `lock-2`…, and which of them still hold. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode, fileError } from '../common/atomic';
import { isProcessAlive } from '../common/processes';
import { HEARTBEAT_LIMIT_SECONDS, readStatus } from './status';

const ownerSchema = z.object({ token: z.string(), pid: z.int().min(1), host: z.string(), since: z.string() });
export type Owner = z.output<typeof ownerSchema>;

export interface Lock {
  readonly path: string;
  readonly number: number;
  /** Absent while its maker has not written it yet. */
  readonly owner: Owner | undefined;
  readonly modified: Date;
}

/** The locks of this process: one with its id and another token is of a dead process that had the same id. */
export const ownTokens = new Set<string>();

/** Creates the lock file, or answers false where another process was quicker. */
export async function claim(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    await rm(path, { force: true }).catch(() => undefined);
    throw fileError('could not be written', path, error);
  }
}

/** Whether the lock's process still trains. */
export async function isHeld(folder: string, { owner, modified }: Lock): Promise<boolean> {
  const silentSeconds = (since: Date): number => (Date.now() - since.getTime()) / 1000;
  if (owner === undefined) return silentSeconds(modified) < 10;
  if (owner.host === hostname()) {
    if (!isProcessAlive(owner.pid)) return false;
    if (owner.pid === process.pid) return ownTokens.has(owner.token);
  }
  const status = await readStatus(folder);
  const beat = status?.pid === owner.pid ? new Date(status.heartbeat) : modified;
  return silentSeconds(beat > modified ? beat : modified) < HEARTBEAT_LIMIT_SECONDS;
}

export async function readLocks(folder: string): Promise<Lock[]> {
  const names = (await readdir(folder)).filter((name) => /^lock-\d+$/.test(name));
  const locks = names.map(async (name): Promise<Lock[]> => {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined) return [];
    return [{ path, number: Number(name.slice('lock-'.length)), owner: await readOwner(path), modified: stats.mtime }];
  });
  return (await Promise.all(locks)).flat();
}

export async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
