/** Fetches CIFAR-10 into a folder that does not exist yet: all of it, or nothing. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CancelledError, InputError, isReportedError, messageOf, WorkError } from '../../../common/errors';
import { makeFolder } from '../../../common/folders';
import { systemReason } from '../../../common/reasons';
import { download } from '../../../download/download';
import { hashFile } from '../../../common/hashFile';
import { PATIENCE, type FileSource } from '../../../download/source';
import { cacheFolder } from '../../../setup/native/location';
import { findBatchFiles } from '../cifar10/folder';
import { readImages } from '../cifar10/read';
import type { DataPlace } from '../types';
import { cifar10Source } from './source';
import { unpackBatches } from './unpack';

type Watch = Pick<DataPlace, 'signal' | 'progress'>;

/**
 * Downloads into the per-user cache, where a broken download is gone on with; verifies, unpacks beside the folder, and
 * gives the result its name at the end.
 *
 * @throws WorkError, CancelledError, or InputError where the folder cannot be made; there is no folder then
 */
export async function fetchCifar10(folder: string, watch: Watch, timeouts = PATIENCE): Promise<void> {
  const source = cifar10Source();
  await inWorkspaceBeside(folder, async (workspace) => {
    const archive = join(await downloadsFolder(), `cifar-10-${source.sha256.slice(0, 16)}.tar.gz`);
    // One may be left of a process that was killed while it unpacked.
    const isThere = existsSync(archive) && (await hashFile(archive, { signal: watch.signal })) === source.sha256;
    if (!isThere) await fetchArchive(source, archive, watch, patience);
    try {
      await unpackInto(folder, workspace, archive, source, watch);
    } finally {
      await rm(archive, { force: true });
    }
  });
}

async function downloadsFolder(): Promise<string> {
  const folder = join(cacheFolder(), 'downloads');
  await makeFolder(folder);
  return folder;
}

async function fetchArchive(
  source: FileSource,
  archive: string,
  { signal, progress }: Watch,
  timeouts = PATIENCE,
): Promise<void> {
  const watch = {
    signal,
    progress: ({ done, total, waiting }: { done: number; total?: number; waiting?: string }) =>
      progress?.({
        stage: 'download',
        done,
        unit: 'bytes',
        ...(total === undefined ? {} : { total }),
        ...(waiting === undefined ? {} : { waiting }),
      }),
  };
  await download(source, archive, watch, timeouts);
}

async function unpackInto(
  folder: string,
  workspace: string,
  archive: string,
  source: FileSource,
  { signal, progress }: Watch,
): Promise<void> {
  const unpacked = join(workspace, 'unpacked');
  await mkdir(unpacked);
  const { size: total } = await stat(archive);
  await unpackBatches(archive, unpacked, {
    from: source.url,
    signal,
    report: (done) => progress?.({ targetLayer: 'unpack', done, total, unit: 'bytes' }),
  });
  await check(unpacked, source, signal);
  await giveName(unpacked, folder);
}

/** Reads every record, as a training will. @throws WorkError where the archive holds something else; CancelledError */
async function check(unpacked: string, source: FileSource, signal: AbortSignal | undefined): Promise<void> {
  try {
    await readImages(await findBatchFiles(unpacked), {}, signal === undefined ? {} : { signal });
  } catch (error) {
    if (error instanceof CancelledError || !isReportedError(error)) throw error;
    const { file = '', place, found, expected } = error.problem;
    throw new WorkError(
      `the archive does not hold CIFAR-10: ${error.summary}`,
      {
        file: source.url.href,
        place: [basename(file), place].filter(Boolean).join(', '),
        ...(found === undefined ? {} : { found }),
        ...(expected === undefined ? {} : { expected }),
        advice: `Nothing was kept. ${source.adviceOnHash ?? source.advice}`,
      },
      { cause: error },
    );
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
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the CIFAR-10 folder cannot be made', { file: folder, found }, { cause: error });
  }
  try {
    await work(workspace);
  } catch (error) {
    if (isReportedError(error)) throw error;
    const found = systemReason(error) ?? messageOf(error);
    throw new WorkError('CIFAR-10 cannot be stored', { file: folder, found }, { cause: error });
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
