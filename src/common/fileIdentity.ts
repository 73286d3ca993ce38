/**
 * Whether two paths name one file: through links, in another Unicode normalization, and in other case where the file
 * system does not tell cases apart.
 */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

export interface FileIdentity {
  /** Absolute, without links as far as it exists. */
  readonly path: string;
  /** Device and inode; undefined where there is no such file. */
  readonly inode: string | undefined;
}

/** The identity of a file that may be absent: then of the place where it would be. */
export async function fileIdentity(path: string): Promise<FileIdentity> {
  const [real, inode] = await Promise.all([realPathOf(resolve(path)), inodeOf(path)]);
  return { path: real, inode };
}

/**
 * Of two files that exist, paths that differ in case or normalization are one file where their inode is one; a hard link
 * of another name is another file. Where one of them is absent, normalization alone is disregarded.
 */
export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  if (a.path === b.path) return true;
  if (a.inode === undefined || b.inode === undefined) return a.path.normalize('NFC') === b.path.normalize('NFC');
  return a.inode === b.inode && foldedName(a.path) === foldedName(b.path);
}

/** A name as a file system that disregards case and normalization compares it. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Whether the file system finds a file by its name in another case. @param file one that exists */
export async function disregardsCase(file: string): Promise<boolean> {
  const name = basename(file);
  const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  if (other === name) return false;
  const inode = await inodeOf(file);
  return inode !== undefined && inode === (await inodeOf(join(dirname(file), other)));
}

/** The path without links; of what does not exist, its folder's with its name. @param path absolute */
export async function realPathOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined) return real;
  const parent = dirname(path);
  return parent === path ? path : join(await realPathOf(parent), basename(path));
}

/** Undefined where there is no file, or its file system numbers none. */
async function inodeOf(path: string): Promise<string | undefined> {
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  return stats === undefined || stats.ino === 0n ? undefined : `${String(stats.dev)}:${String(stats.ino)}`;
}
