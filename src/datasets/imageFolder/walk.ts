/** The pictures below a folder. */
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { inParallel } from '../../common/inParallel';
import { IMAGE_EXTENSIONS } from '../../imageFiles/extensions';
import { byCodePoint } from './codePoints';

/** What systems and archives leave in folders. */
const LEFT_BEHIND = new Set(['__macosx', 'thumbs.db', 'desktop.ini', '$recycle.bin', '@eadir', 'lost+found']);
const EXTENSIONS = new Set(IMAGE_EXTENSIONS);
/** Of pictures that are not read, so that a folder of them can be told from an empty one. */
const UNREAD = new Set([
  'tif',
  'tiff',
  'heic',
  'heif',
  'avif',
  'jp2',
  'jxl',
  'svg',
  'ppm',
  'pgm',
  'raw',
  'dng',
  'cr2',
  'nef',
]);

export interface FolderEntries {
  readonly folders: readonly string[];
  readonly pictures: readonly string[];
  readonly others: readonly string[];
  /** Links that lead out of the data set, which nobody follows. */
  readonly outside: number;
}

export interface Walked {
  /** Relative to the folder that was walked, with `/`, in torchvision's order: folder by folder, names by code point. */
  readonly pictures: readonly string[];
  /** How many pictures are of formats that are not read. */
  readonly unread: number;
  readonly outside: number;
  /** Of every folder that was read: whatever is added to one or taken away changes its time. */
  readonly stamps: readonly string[];
}

function isIgnored(name: string): boolean {
  return name.startsWith('.') || LEFT_BEHIND.has(name.toLowerCase());
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/** @param root whose inside links may lead to, without links itself @throws what the system throws */
export async function entriesOf(folder: string, root: string): Promise<FolderEntries> {
  const found = { folders: [] as string[], pictures: [] as string[], others: [] as string[], outside: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    if (isIgnored(name)) continue;
    const target = entry.isSymbolicLink() ? await targetOf(join(folder, name), root) : entry;
    if (target === 'outside') found.outside++;
    else if (target === undefined) continue;
    else if (target.isDirectory()) found.folders.push(name);
    else if (target.isFile()) (EXTENSIONS.has(extensionOf(name)) ? found.pictures : found.others).push(name);
  }
  return found;
}

/** Undefined where the link leads nowhere. */
async function targetOf(path: string, root: string): Promise<Dirent | Stats | 'outside' | undefined> {
  try {
    const target = await realpath(path);
    return isWithin(target, root) ? await stat(target) : 'outside';
  } catch {
    return undefined;
  }
}

export function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Deeper folders hold no data set, and may be a circle. */
const DEEPEST = 16;

/** All pictures below a folder. @param root see `entriesOf` @throws what the system throws */
export async function walk(folder: string, root: string): Promise<Walked> {
  const found: { folder: string; pictures: readonly string[] }[] = [];
  const counts = { unread: 0, outside: 0 };
  const stamps: string[] = [];
  const visited = new Set<string>();
  const visit = async (inner: string, depth: number): Promise<void> => {
    const path = join(folder, inner);
    const real = await realpath(path);
    // A link back to a folder above it, or a second one to the same.
    if (visited.has(real) || depth > DEEPEST) return;
    visited.add(real);
    stamps.push(await folderStamp(path));
    const { folders, pictures, others, outside } = await entriesOf(path, root);
    counts.outside += outside;
    counts.unread += others.filter((name) => UNREAD.has(extensionOf(name))).length;
    found.push({ folder: inner, pictures: [...pictures].sort(byCodePoint) });
    for (const name of [...folders].sort(byCodePoint)) await visit(inner === '' ? name : `${inner}/${name}`, depth + 1);
  };
  await visit('', 0);
  found.sort((a, b) => byCodePoint(a.folder, b.folder));
  const pictures = found.flatMap(({ folder: inner, pictures: names }) =>
    inner === '' ? names : names.map((name) => `${inner}/${name}`),
  );
  return { pictures, stamps, ...counts };
}

export async function walkAll(folders: readonly string[], root: string): Promise<Walked[]> {
  return inParallel(folders, (folder) => walk(folder, root));
}

/** Changes with what a folder holds; see `stampsHold`. */
export async function folderStamp(path: string): Promise<string> {
  const { mtimeMs, ino } = await stat(path);
  return `${mtimeMs}:${ino}:${path}`;
}

/** Whether nothing was added to these folders or files, or taken away. */
export async function stampsHold(stamps: readonly string[]): Promise<boolean> {
  const now = await inParallel(stamps, (stamp) => folderStamp(pathIn(stamp)).catch(() => ''));
  return now.every((stamp, at) => stamp === stamps[at]);
}

function pathIn(stamp: string): string {
  return /^[^:]*:[^:]*:(.*)$/s.exec(stamp)?.[1] ?? '';
}
