/**
 * The temporaries of files and folders that are written atomically. Their names say which process writes them, so that
 * what a dead one left can be removed while others write into the same folder.
 */
import { randomBytes } from 'node:crypto';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ownTag, PROCESS_TAG, tagFate } from './processTag';

const TEMPORARY = new RegExp(`^\\..*\\.(${PROCESS_TAG})-[0-9a-f]{6}\\.tmp$`, 's');
/** As programs before 0.2 named them: they say of no process. */
const FORMER_TEMPORARY = /^\..+\.[0-9a-f]{12}\.tmp$/s;

/** Of a process that nothing is known of, such as another machine's: nobody takes so long to write a file. */
const ABANDONED_MILLISECONDS = 24 * 3_600_000;

/** With what the tag and the ending take, less than the 255 bytes that a name may have. */
const LONGEST_STEM = 50;

/** Whether a file's name is that of a temporary, of whichever version. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name) || FORMER_TEMPORARY.test(name);
}

/** A new name in the file's folder, of this process. */
export function temporaryBeside(path: string): string {
  const stem = Array.from(basename(path)).slice(0, LONGEST_STEM).join('');
  return join(dirname(path), `.${stem}.${ownTag()}-${randomBytes(3).toString('hex')}.tmp`);
}

/**
 * Removes what dead processes left of what they wrote. Never what a living process of this machine writes, and of
 * other machines only what is a day old. Never throws.
 * @param alone whether the caller is the only one who writes into the folder, which former programs' temporaries need
 */
export async function removeDeadTemporaries(folder: string, { alone = false } = {}): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  const undecided: string[] = [];
  for (const name of names) {
    const tag = TEMPORARY.exec(name)?.[1];
    const fate = tag === undefined ? formerFate(name, alone) : tagFate(tag);
    if (fate === 'gone') await remove(join(folder, name));
    if (fate === 'unknown') undecided.push(join(folder, name));
  }
  if (undecided.length === 0) return;
  const now = await fileSystemTime(folder).catch(() => undefined);
  for (const path of now === undefined ? [] : undecided) {
    const modified = await modifiedTime(path);
    if (modified !== undefined && Number(now) - modified > ABANDONED_MILLISECONDS) await remove(path);
  }
}

function formerFate(name: string, alone: boolean): 'gone' | 'unknown' | undefined {
  if (!FORMER_TEMPORARY.test(name)) return undefined;
  return alone ? 'gone' : 'unknown';
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** When a folder was looked through last, by `performance.now()`. */
const searched = new Map<string, number>();
const AGAIN_MILLISECONDS = 3_600_000;

/** As `removeDeadTemporaries`, but at most once an hour: a folder of results may hold thousands of files. */
export async function removeDeadTemporariesNowAndThen(folder: string): Promise<void> {
  const last = searched.get(folder);
  if (last !== undefined && performance.now() - last < AGAIN_MILLISECONDS) return;
  if (searched.size >= 1000) searched.clear();
  searched.set(folder, performance.now());
  await removeDeadTemporaries(folder);
}

/**
 * What time it is by the clock that stamps the files of a folder, in milliseconds: on a shared disk that is not this
 * machine's. Throws what the system does where the folder cannot be written into.
 */
export async function fileSystemTime(folder: string): Promise<number> {
  const path = temporaryBeside(join(folder, 'clock'));
  const file = await open(path, 'wx');
  try {
    // Written to: some file systems stamp a file that is created by the clock of whoever creates it.
    await file.writeFile('0');
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** Undefined where there is no such file. */
async function modifiedTime(path: string): Promise<number | undefined> {
  return lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
