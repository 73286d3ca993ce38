/** Fetches CIFAR-10 into a folder that does not exist yet: all of it, or nothing. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, WorkError, isReportedError } from '../../../common/errors';
import { makeFolder } from '../../../common/folders';
import { findBatchFiles } from '../cifar10/folder';
import type { DataPlace } from '../types';
import { connect, type Connection, type Patience } from './connection';
import { cifar10Source, type ArchiveSource } from './source';
import { receive } from './transfer';
import { unpackBatches } from './unpack';

/** That nobody answers must be known within ten seconds. */
const PATIENCE: Patience = { connect: 8000, stall: 30_000 };

type Watch = Pick<DataPlace, 'signal' | 'progress'>;

/**
 * Downloads beside the folder, verifies, unpacks beside it, and gives the result its name at the end.
 *
 * @throws WorkError, CancelledError, or InputError where the folder cannot be made; nothing stays on the disk then
 */
export async function fetchCifar10(folder: string, watch: Watch, patience = PATIENCE): Promise<void> {
  const source = cifar10Source();
  const connection = await connect(source.url, patience, watch.signal);
  try {
    await inWorkspaceBeside(folder, (workspace) => fetchInto(folder, workspace, source, connection, watch));
  } finally {
    connection.close();
  }
}

async function fetchInto(
  folder: string,
  workspace: string,
  source: ArchiveSource,
  connection: Connection,
  { signal, progress }: Watch,
): Promise<void> {
  const archive = join(workspace, 'archive.tar.gz');
  await receive(connection, source, archive, (done, total) =>
    progress?.({ stage: 'download', done, ...(total === undefined ? {} : { total }), unit: 'bytes' }),
  );
  const unpacked = join(workspace, 'unpacked');
  await mkdir(unpacked);
  const { size: total } = await stat(archive);
  await unpackBatches(archive, unpacked, {
    from: source.url,
    signal,
    report: (done) => progress?.({ stage: 'unpack', done, total, unit: 'bytes' }),
  });
  await check(unpacked, source);
  await giveName(unpacked, folder);
}

async function check(unpacked: string, { url }: ArchiveSource): Promise<void> {
  try {
    await findBatchFiles(unpacked);
  } catch (error) {
    throw new WorkError('the archive does not hold CIFAR-10', { file: url.href }, { cause: error });
  }
}

async function giveName(unpacked: string, folder: string): Promise<void> {
  try {
    await rename(unpacked, folder);
  } catch (error) {
    // Another process was faster: its folder was made in the same way.
    if (!existsSync(folder)) throw error;
  }
}

/** Runs the work with a folder of its own beside `folder`, which is removed in the end, as are parents it needed. */
async function inWorkspaceBeside(folder: string, work: (workspace: string) => Promise<void>): Promise<void> {
  const parent = dirname(folder);
  let firstMade: string | undefined;
  let workspace: string;
  try {
    firstMade = await makeFolder(parent);
    workspace = await mkdtemp(join(parent, '.cifar10-download-'));
  } catch (error) {
    const reason = (error as Error).message;
    throw new InputError(`the CIFAR-10 folder cannot be made (${reason})`, { file: folder }, { cause: error });
  }
  try {
    await work(workspace);
  } catch (error) {
    if (isReportedError(error)) throw error;
    throw new WorkError(`CIFAR-10 cannot be stored (${(error as Error).message})`, { file: folder }, { cause: error });
  } finally {
    await rm(workspace, { recursive: true, force: true });
    if (firstMade !== undefined) await removeEmpty(parent, firstMade);
  }
}

/** Removes folders that hold nothing, from the innermost out to `last`. */
async function removeEmpty(innermost: string, last: string): Promise<void> {
  try {
    for (let path = innermost; path.length >= last.length; path = dirname(path)) await rmdir(path);
  } catch {
    // It holds something by now, as it does when all went well.
  }
}
