/** The lock files of a run folder, `lock-1`, `lock-2`…: what is in them, and who made them. */
import type { Stats } from 'node:fs';
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { identityFields } from '../../common/identitySchema';
import { readRegularFile } from '../../common/regularFile';
import { succeeds } from '../../common/succeeds';

const ownerSchema = z.object({
  token: z.string(),
  ...identityFields,
  since: z.string(),
  /** A `LockPurpose`, or a newer program's. Absent in locks of older programs, which are trainings' mostly. */
  purpose: z.string().exactOptional(),
});
/** The process that holds a run folder. */
export type Owner = z.output<typeof ownerSchema>;

export interface Lock {
  readonly path: string;
  readonly stats: Stats;
}

const NAME = /^lock-\d+$/;

/** Whatever has the name of a lock, also what is no file. */
export async function listLocks(folder: string): Promise<Lock[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name));
  const locks = names.map(async (name): Promise<Lock[]> => {
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    return stats === undefined ? [] : [{ path, stats }];
  });
  return (await Promise.all(locks)).flat();
}

/** Larger than any that was ever written. */
const MOST_BYTES = 10_000;

/** Undefined where there is none, or it is not (yet) one that a program has written whole. */
export async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.safeParse(JSON.parse((await readRegularFile(path, MOST_BYTES)).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

const SETTLE_MILLISECONDS = 1000;
const SETTLE_STEPS = 10;

/**
 * The owner, waited for where the file has none: an older program, and one on a disk without hard links, makes the file
 * and then writes into it. What stays without one for a second was left by one that died between the two.
 */
export async function settledOwner({ path, stats }: Lock): Promise<Owner | undefined> {
  // Nothing else is ever a lock: a folder, a FIFO or a link was put there by something else.
  if (!stats.isFile()) return undefined;
  for (let step = 0; ; step++) {
    const owner = await readOwner(path);
    const isThere = await succeeds(lstat(path));
    if (owner !== undefined || !isThere || step === SETTLE_STEPS) return owner;
    await setTimeout(SETTLE_MILLISECONDS / SETTLE_STEPS);
  }
}

/** Removes whatever is there, links and not what they lead to; a folder that is not empty is left. */
export async function removeLock({ path, stats }: Lock): Promise<void> {
  await (stats.isDirectory() ? rmdir(path) : rm(path, { force: true })).catch(() => undefined);
}
