/** Fetches CIFAR-10 into a folder that does not exist yet: all of it, or nothing. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CancelledError, InputError, isReportedError, messageOf, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { hashFile } from '../../common/hashFile';
import { systemReason } from '../../common/reasons';
import { download } from '../../download/download';
import { PATIENCE, type DownloadProgress, type FileSource, type Timeouts } from '../../download/source';
import { cacheFolder } from '../../setup/native/location';
import type { Archive, DatasetKind } from '../datasetKind';
import { folderSettings } from '../datasetKinds';
import { readSet } from '../reader';
import type { DataWatch } from '../types';
import { archiveSource } from './source';
import { unpackArchive } from './unpack';

/**
 * Downloads into the per-user cache, where a broken download is gone on with; verifies, unpacks beside the folder, and
 * gives the result its name at the end.
 *
 * @throws WorkError, CancelledError, or InputError where the folder cannot be made; there is no folder then
 */
export async function fetchArchive(
  kind: DatasetKind,
  archive: Archive,
  folder: string,
  watch: DataWatch,
  timeouts = PATIENCE,
): Promise<void> {
  const source = archiveSource(archive);
  await inWorkspaceBeside(folder, kind, async (workspace) => {
    const file = join(await downloadsFolder(), `${archive.folder}-${source.sha256.slice(0, 16)}.tar.gz`);
    // One may be left of a process that was killed while it unpacked.
    const isThere = existsSync(file) && (await hashFile(file, { signal: watch.signal })) === source.sha256;
    if (!isThere) await downloadInto(file, source, watch, timeouts);
    try {
      const unpacked = await unpackInto(workspace, file, archive, source, watch);
      await check(kind, unpacked, source, watch.signal);
      await giveName(unpacked, folder);
    } finally {
      await rm(file, { force: true });
    }
  });
}

async function downloadsFolder(): Promise<string> {
  const folder = join(cacheFolder(), 'downloads');
  await makeFolder(folder);
  return folder;
}

async function downloadInto(
  file: string,
  source: FileSource,
  { signal, progress }: DataWatch,
  timeouts: Timeouts,
): Promise<void> {
  const tell = (of: DownloadProgress): void => progress?.({ stage: 'download', unit: 'bytes', ...of });
  await download(source, file, { signal, progress: tell }, timeouts);
}

async function unpackInto(
  workspace: string,
  file: string,
  archive: Archive,
  source: FileSource,
  { signal, progress }: DataWatch,
): Promise<string> {
  const unpacked = join(workspace, 'unpacked');
  await mkdir(unpacked);
  const { size: total } = await stat(file);
  await unpackArchive(file, unpacked, {
    archive,
    from: source.url,
    signal,
    report: (done) => progress?.({ stage: 'unpack', done, total, unit: 'bytes' }),
  });
  return unpacked;
}

/** Reads every record, as a training will. @throws WorkError where the archive holds something else; CancelledError */
async function check(
  kind: DatasetKind,
  unpacked: string,
  source: FileSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const [settings] = folderSettings(unpacked, [kind]);
    if (settings === undefined) return;
    const { train, test } = await kind.open(settings, { sets: 'both' });
    for (const set of [train, test]) await readSet(set, { signal });
  } catch (error) {
    if (error instanceof CancelledError || !isReportedError(error)) throw error;
    const { file = '', place, found, expected } = error.problem;
    throw new WorkError(
      `the archive does not hold ${kind.title}: ${error.summary}`,
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
async function inWorkspaceBeside(
  folder: string,
  { kind, title }: DatasetKind,
  work: (workspace: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(folder);
  let firstMade: string | undefined;
  let workspace: string;
  try {
    firstMade = await makeFolder(parent);
    workspace = await mkdtemp(join(parent, `.${kind}-download-`));
  } catch (error) {
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError(`the ${title} folder cannot be made`, { file: folder, found }, { cause: error });
  }
  try {
    await work(workspace);
  } catch (error) {
    if (isReportedError(error)) throw error;
    const found = systemReason(error) ?? messageOf(error);
    throw new WorkError(`${title} cannot be stored`, { file: folder, found }, { cause: error });
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
