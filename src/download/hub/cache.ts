/**
 * The Hugging Face hub's cache, where its own client keeps it and as it lays it out, so that both find what either has
 * fetched: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
 *
 *     models--OWNER--NAME/blobs/HASH                      the file
 *     models--OWNER--NAME/snapshots/COMMIT/NAME           a link to it
 *     models--OWNER--NAME/refs/main                       the newest commit
 */
import { copyFile, readdir, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { randomBytes } from 'node:crypto';
import { writeFileAtomically } from '../../common/atomic';
import { makeFolder } from '../../common/folders';
import { sha256Of } from '../hash';

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

/** The newest snapshot's file, else that of any snapshot. Undefined where there is none, or none that is whole. */
export async function cachedFile(folder: string, file: string): Promise<string | undefined> {
  const main = await readFile(join(folder, 'refs', 'main'), 'utf8').catch(() => '');
  const others = await readdir(join(folder, 'snapshots')).catch((): string[] => []);
  const commits = [main.trim(), ...others.sort()].filter((commit) => /^[\w.-]+$/.test(commit));
  for (const commit of commits) {
    const path = snapshotPath(folder, commit, file);
    if (await isWhole(path)) return path;
  }
  return undefined;
}

/** A large file's blob is named by its SHA-256. */
async function isWhole(path: string): Promise<boolean> {
  const isFile = await stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
  if (!isFile) return false;
  const blob = basename(await realpath(path));
  return !/^[0-9a-f]{64}$/.test(blob) || (await sha256Of(path)) === blob;
}

/** Names a blob in a snapshot, by a link or, where links are refused as on Windows, as a copy; then the snapshot. */
export async function placeInSnapshot(folder: string, blob: string, commit: string, file: string): Promise<string> {
  const path = snapshotPath(folder, commit, file);
  await makeFolder(dirname(path));
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await symlink(relative(dirname(path), blob), aside).catch(() => copyFile(blob, aside));
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
  await makeFolder(join(folder, 'refs'));
  await writeFileAtomically(join(folder, 'refs', 'main'), commit);
  return path;
}
