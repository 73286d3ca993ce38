/**
 * Another version of a batch file than the one on the disk, such as git's in a diff view: its bytes, from whoever has
 * them, as a file for the engine to read.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeFileAtomically } from '../../common/atomic';
import { WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { isProcessAlive } from '../../common/processes';

/** Six of CIFAR-10's files are 31 MB each. */
const LARGEST_BYTES = 256 * 2 ** 20;

/** "data_batch_1.bin (git: HEAD)"; the name alone of the file on the disk. */
export function versionName({ scheme, path, query }: vscode.Uri): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (scheme === 'file') return name;
  const ref = scheme === 'git' ? gitRef(query) : undefined;
  return `${name} (${ref === undefined ? scheme : `git: ${ref}`})`;
}

/** Of the query of git's own URIs, which has no name for what is staged. */
function gitRef(query: string): string | undefined {
  try {
    const { ref } = JSON.parse(query) as { ref?: unknown };
    if (typeof ref !== 'string') return undefined;
    return ref === '' || ref.startsWith('~') ? 'index' : ref.slice(0, 12);
  } catch {
    return undefined;
  }
}

/**
 * Copies the version into a folder of its own under `storage`.
 * @returns the copy's path
 * @throws WorkError where nobody has the version, or it is too large to be copied
 */
export async function copyVersion(uri: vscode.Uri, storage: string): Promise<string> {
  const name = versionName(uri);
  const parent = join(storage, 'versions');
  await removeLeftovers(parent);
  const bytes = await readVersion(uri, name);
  const folder = join(parent, `${process.pid}-${Date.now()}-${Math.floor(Math.random() * 1e6)}`);
  await makeFolder(folder);
  const copy = join(folder, uri.path.slice(uri.path.lastIndexOf('/') + 1));
  await writeFileAtomically(copy, bytes, { toDisk: false });
  return copy;
}

async function readVersion(uri: vscode.Uri, name: string): Promise<Uint8Array> {
  const advice = 'Open the file itself to see its version on the disk.';
  const tooLarge = (size: number): WorkError =>
    new WorkError(`${name} is too large to be shown`, {
      found: `${size} bytes`,
      expected: `at most ${LARGEST_BYTES}`,
      advice,
    });
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST_BYTES) throw tooLarge(size);
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > LARGEST_BYTES) throw tooLarge(bytes.length);
    if (bytes.length > 0) return bytes;
    throw new WorkError(`${name} is empty, or there is no such version`, { advice });
  } catch (error) {
    if (error instanceof WorkError) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw new WorkError(`${name} cannot be read`, { found, advice }, { cause: error });
  }
}

export async function removeCopy(copy: string): Promise<void> {
  await rm(join(copy, '..'), { recursive: true, force: true }).catch(() => undefined);
}

/** Of windows that ended without closing their editors. */
async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const dead = names.filter((name) => !isProcessAlive(Number.parseInt(name, 10)));
  await Promise.all(
    dead.map((name) => rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)),
  );
}
