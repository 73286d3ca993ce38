/** Copies another version of a batch file, such as git's in a diff view, to a file that the engine can read. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeFileAtomically } from '../../common/atomic';
import { WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { isProcessAlive } from '../../common/processes';

/** The largest batch file, of CIFAR-100's training images, has 154 MB. */
const LARGEST_BYTES = 256 * 2 ** 20;

/** The name with its version, as "data_batch_1.bin (git: HEAD)"; for the file on disk the name alone. */
export function versionName({ scheme, path, query }: vscode.Uri): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (scheme === 'file') return name;
  const ref = scheme === 'git' ? gitRef(query) : undefined;
  return `${name} (${ref === undefined ? scheme : `git: ${ref}`})`;
}

/** Reads the version from the query of git's URIs, which leave it empty for the index. */
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
 * @throws WorkError where the version cannot be read or is too large
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
  const advice = vscode.l10n.t('Open the file itself to see its version on the disk.');
  const tooLarge = (size: number): WorkError =>
    new WorkError(vscode.l10n.t('{0} is too large to be shown', name), {
      found: vscode.l10n.t('{0} bytes', size),
      expected: vscode.l10n.t('at most {0}', LARGEST_BYTES),
      advice,
    });
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST_BYTES) throw tooLarge(size);
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > LARGEST_BYTES) throw tooLarge(bytes.length);
    if (bytes.length > 0) return bytes;
    throw new WorkError(vscode.l10n.t('{0} is empty, or there is no such version', name), { advice });
  } catch (error) {
    if (error instanceof WorkError) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw new WorkError(vscode.l10n.t('{0} cannot be read', name), { found, advice }, { cause: error });
  }
}

export async function removeCopy(copy: string): Promise<void> {
  await rm(join(copy, '..'), { recursive: true, force: true }).catch(() => undefined);
}

/** Deletes copies of windows that ended without closing their editors. */
async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const dead = names.filter((name) => !isProcessAlive(Number.parseInt(name, 10)));
  await Promise.all(
    dead.map((name) => rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)),
  );
}
