/**
 * Files `use-…` in a run folder: which processes compute on its checkpoints, so that none is deleted under them. Each
 * names its process; that of a dead one says nothing. A folder that cannot be written to is used without.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { InputError } from '../../common/errors';
import { ownIdentity, processFate } from '../../common/processes';
import { identityFields } from '../../common/identitySchema';
import { readRegularFile } from '../../common/regularFile';

const NAME = /^use-[0-9a-f]{12}$/;
const BEAT_MILLISECONDS = 60_000;
/** Past it the mark of a process that cannot be asked after, such as another machine's, says nothing. */
const SILENT_MILLISECONDS = 10 * BEAT_MILLISECONDS;

const userSchema = z.object({
  ...identityFields,
  since: z.string(),
});
export type RunUser = z.output<typeof userSchema>;

const own = new Set<string>();

/** Marks the run as used for as long as the work takes. */
export async function whileUsing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const mark = await makeMark(folder);
  if (mark === undefined) return work();
  const beat = setInterval(() => {
    const now = new Date();
    void utimes(mark, now, now).catch(() => undefined);
  }, BEAT_MILLISECONDS).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    own.delete(mark);
    await rm(mark, { force: true }).catch(() => undefined);
  }
}

/** Marks the run as used until this process ends. */
export async function useUntilExit(folder: string): Promise<void> {
  const mark = await makeMark(folder);
  if (mark === undefined) return;
  setInterval(() => {
    const now = new Date();
    void utimes(mark, now, now).catch(() => undefined);
  }, BEAT_MILLISECONDS).unref();
  process.once('exit', () => rmSync(mark, { force: true }));
}

async function makeMark(folder: string): Promise<string | undefined> {
  const mark = join(folder, `use-${randomBytes(6).toString('hex')}`);
  const user: RunUser = { ...ownIdentity(), since: new Date().toISOString() };
  try {
    await writeFile(mark, JSON.stringify(user), { flag: 'wx' });
  } catch {
    return undefined;
  }
  own.add(mark);
  return mark;
}

/** The other processes, and other work of this one, that compute on the run. What dead ones left is removed. */
export async function usersOf(folder: string): Promise<RunUser[]> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => NAME.test(name));
  const users = names.map(async (name) => {
    const mark = join(folder, name);
    const user = await readUser(mark);
    if (user !== undefined) return [user];
    await rm(mark, { force: true }).catch(() => undefined);
    return [];
  });
  return (await Promise.all(users)).flat();
}

async function readUser(mark: string): Promise<RunUser | undefined> {
  try {
    const { mtimeMs } = await stat(mark);
    const { data } = userSchema.safeParse(JSON.parse((await readRegularFile(mark)).toString('utf8')));
    if (data === undefined) return undefined;
    const self = ownIdentity();
    if (data.pid === self.pid && data.host === self.host) return own.has(mark) ? data : undefined;
    const fate = processFate(data);
    const silent = fate === 'unknown' && Date.now() - mtimeMs > SILENT_MILLISECONDS;
    return fate === 'gone' || silent ? undefined : data;
  } catch {
    return undefined;
  }
}

/** @throws InputError */
export async function refuseWhileUsed(folder: string): Promise<void> {
  const [user] = await usersOf(folder);
  if (user === undefined) return;
  throw new InputError('a process computes on this run', {
    file: folder,
    found: `process ${user.pid} on ${user.host}, since ${user.since}`,
    expected: 'none',
    advice: 'Wait for it, or stop it.',
  });
}
