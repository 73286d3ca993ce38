/** What is known of a file's content: its hash, and whether it can be decoded. Kept by size and times from one use to the next. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { makeFolder } from '../../common/folders';
import { cacheFolder } from '../../setup/native/location';

export interface FileFacts {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** SHA-256 of its bytes, hexadecimal; '' where it cannot be read. */
  readonly hash: string;
  /** Why it cannot be used; null where it can, undefined where nobody has decoded it. */
  readonly reason?: string | null | undefined;
}

/** Of a group's files, relative to the data set's folder. */
export type GroupFacts = Map<string, FileFacts>;

/** Counts up whenever other files can be decoded, or reasons are worded anew. */
const VERSION = 1;
/** A file that was written to within the clock's resolution of being read may have been written to again. */
const SETTLED_MILLISECONDS = 2000;

const LOADED = new Map<string, Promise<GroupFacts>>();

function fileOf(root: string, group: string): string {
  const key = createHash('sha256')
    .update(`${resolve(root)}\0${group}`)
    .digest('hex')
    .slice(0, 32);
  return join(cacheFolder(), 'pictures', `${key}.json`);
}

/** As they were when the group was last read; none where it never was. */
export function loadFacts(root: string, group: string): Promise<GroupFacts> {
  const file = fileOf(root, group);
  const loaded = LOADED.get(file) ?? read(file);
  LOADED.set(file, loaded);
  return loaded;
}

async function read(file: string): Promise<GroupFacts> {
  try {
    const { version, files } = JSON.parse(await readFile(file, 'utf8')) as { version: number; files: unknown };
    return version === VERSION
      ? new Map(Object.entries(files as Record<string, FileFacts>))
      : new Map<string, FileFacts>();
  } catch {
    return new Map();
  }
}

/** Where it cannot be kept it is found anew. */
export async function storeFacts(root: string, group: string, facts: GroupFacts, readAt: number): Promise<void> {
  const settled = [...facts].filter(
    ([, { mtimeMs, ctimeMs }]) => Math.max(mtimeMs, ctimeMs) < readAt - SETTLED_MILLISECONDS,
  );
  try {
    await makeFolder(join(cacheFolder(), 'pictures'));
    await writeFileAtomically(
      fileOf(root, group),
      JSON.stringify({ version: VERSION, files: Object.fromEntries(settled) }),
    );
  } catch {
    // The cache is not needed.
  }
}

/** Undefined where the file is not there. The thread waits: it takes a fraction of the time of asking the thread pool. */
export function stampOf(path: string): Pick<FileFacts, 'size' | 'mtimeMs' | 'ctimeMs'> | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && { size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs };
}

export function holds(facts: FileFacts | undefined, stamp: ReturnType<typeof stampOf>): facts is FileFacts {
  return (
    facts !== undefined &&
    facts.size === stamp?.size &&
    facts.mtimeMs === stamp.mtimeMs &&
    facts.ctimeMs === stamp.ctimeMs
  );
}
