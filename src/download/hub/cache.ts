/**
 * The Hugging Face hub's cache, where its own client keeps it and as it lays it out, so that both find what either has
 * fetched: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
 *
 *     models--OWNER--NAME/blobs/HASH                      the file
 *     models--OWNER--NAME/snapshots/COMMIT/NAME           a link to it
 *     models--OWNER--NAME/refs/main                       the newest commit
 */
import { copyFile, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { randomBytes } from 'node:crypto';
import { fileError } from '../../common/atomic';
import { makeFolder } from '../../common/folders';
import { hashFile } from '../../common/hashFile';
import type { HubFile } from './file';

type Environment = Readonly<Record<string, string | undefined>>;

/** HF_HUB_CACHE, else `hub` in HF_HOME, else in the user's cache. */
export function hubCache(environment: Environment = process.env): string {
  const chosen = environment['HF_HUB_CACHE'] || environment['HUGGINGFACE_HUB_CACHE'];
  if (chosen) return withHome(chosen);
  const home = environment['HF_HOME'];
  if (home) return join(withHome(home), 'hub');
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'huggingface', 'hub');
}

/** A shell does not expand `~` in a value that is quoted; the hub's client does. */
function withHome(path: string): string {
  return path.replace(/^~(?=$|[\\/])/, homedir());
}

/** @param repository such as `timm/resnet18.a1_in1k` */
export function repositoryFolder(repository: string, cache = hubCache()): string {
  return join(cache, `models--${repository.replaceAll('/', '--')}`);
}

/** A file's place in a snapshot. */
export function snapshotPath(folder: string, commit: string, file: string): string {
  return join(folder, 'snapshots', commit, file);
}

/** The place of a large file's content, which is named by its SHA-256. */
export function blobPath(folder: string, sha256: string): string {
  return join(folder, 'blobs', sha256);
}

/** What a repository's cache has of a file. */
export type CachedFile =
  | { readonly state: 'absent' }
  /** It has the file's SHA-256. */
  | { readonly state: 'whole'; readonly path: string }
  /** A blob named by the SHA-256, as downloads are placed, that has another one by now. */
  | { readonly state: 'damaged'; readonly path: string }
  /** Something else, which a person or another program has put where the file is looked for. */
  | { readonly state: 'other'; readonly path: string; readonly found: string };

/** Looks the file up by its content, in whatever snapshot it lies. @throws WorkError where one cannot be read */
export async function cachedFile(wanted: HubFile, cache = hubCache()): Promise<CachedFile> {
  const folder = repositoryFolder(wanted.repository, cache);
  const named = await snapshotsOf(folder, wanted);
  const places = named.map((commit) => snapshotPath(folder, commit, wanted.file));
  const blob = blobPath(folder, wanted.sha256);
  for (const path of [...places, blob]) {
    if (await isWhole(path, wanted)) return { state: 'whole', path };
  }
  if (await isFile(blob)) return { state: 'damaged', path: blob };
  for (const commit of ['main', ...(wanted.revision === undefined ? [] : [wanted.revision])]) {
    const path = snapshotPath(folder, commit, wanted.file);
    if (await isFile(path)) return { state: 'other', path, found: await describe(path) };
  }
  return { state: 'absent' };
}

/** The pinned commit first, then the newest, then the others. */
async function snapshotsOf(folder: string, { revision = '' }: HubFile): Promise<string[]> {
  const main = await readFile(join(folder, 'refs', 'main'), 'utf8').catch(() => '');
  const others = await readdir(join(folder, 'snapshots')).catch((): string[] => []);
  return [...new Set([revision, main.trim(), ...others.sort()])].filter((commit) => /^[\w.-]+$/.test(commit));
}

async function isWhole(path: string, { bytes, sha256 }: HubFile): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile() !== true || (bytes !== undefined && status.size !== bytes)) return false;
  return (await sumOf(path)) === sha256;
}

/** @throws WorkError where the file cannot be read */
async function sumOf(path: string): Promise<string> {
  try {
    return await hashFile(path);
  } catch (error) {
    throw fileError('the file in the hub’s cache cannot be read', path, error);
  }
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}

async function describe(path: string): Promise<string> {
  const { size } = await stat(path);
  return `${size} bytes, SHA-256 ${await sumOf(path)}`;
}

/**
 * Names a blob in a snapshot, by a link or, where links are refused as on Windows, as a copy.
 *
 * @param isNewest whether the snapshot may become the newest one, where none is yet
 */
export async function placeInSnapshot(
  folder: string,
  blob: string,
  commit: string,
  file: string,
  isNewest: boolean,
): Promise<string> {
  const path = snapshotPath(folder, commit, file);
  await makeFolder(dirname(path));
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await symlink(relative(dirname(path), blob), aside).catch(() => copyFile(blob, aside));
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
  if (isNewest) await nameNewest(folder, commit);
  return path;
}

/** The hub's client finds a file offline by this name. What it has written there stays. */
async function nameNewest(folder: string, commit: string): Promise<void> {
  await makeFolder(join(folder, 'refs'));
  await writeFile(join(folder, 'refs', 'main'), commit, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}
