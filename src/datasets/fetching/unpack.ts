/** Takes the wanted files out of an archive, and nothing else. */
import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, type ReadEntry } from 'tar';
import { CancelledError, WorkError } from '../../common/errors';
import { dataReason } from '../../common/reasons';
import type { Archive } from '../datasetKind';

export interface UnpackOptions {
  readonly archive: Archive;
  /** Where the archive came from, for messages. */
  readonly from: URL;
  readonly signal?: AbortSignal | undefined;
  /** Called with how much of the archive was read, in bytes. */
  readonly report: (done: number) => void;
}

/**
 * Unpacks an archive into an existing, empty folder. Other members are passed over; an archive with a
 * link, a path that leads out, or a wanted file too large is refused.
 *
 * @throws WorkError, CancelledError; the folder's content is then the caller's to remove
 */
export async function unpackArchive(archive: string, folder: string, options: UnpackOptions): Promise<void> {
  let refusal: string | undefined;
  const input = createReadStream(archive);
  input.on('data', () => options.report(input.bytesRead));
  const filter = (path: string, entry: unknown): boolean => {
    refusal ??= objectionTo(path, entry as ReadEntry, options.archive);
    // What follows may be gigabytes of nothing.
    if (refusal !== undefined) input.destroy(new Error(refusal));
    return refusal === undefined && isWanted(path, options.archive);
  };
  const unpacker = extract({ cwd: folder, strip: 1, strict: true, noMtime: true, filter });
  try {
    await pipeline(input, unpacker as unknown as NodeJS.WritableStream, { signal: options.signal });
  } catch (error) {
    if (options.signal?.aborted === true) throw new CancelledError();
    if (refusal === undefined) throw damaged(options, error);
  }
  if (refusal !== undefined) throw new WorkError(`the archive is refused: ${refusal}`, { file: options.from.href });
  await flush(folder);
}

function damaged({ archive, from }: UnpackOptions, error: unknown): WorkError {
  const problem = { file: from.href, found: dataReason(error), expected: `${posix.basename(archive.url)}, whole` };
  return new WorkError('the archive cannot be unpacked', problem, { cause: error });
}

function objectionTo(path: string, entry: ReadEntry, archive: Archive): string | undefined {
  if (posix.isAbsolute(path) || path.split(/[\\/]/).includes('..')) return `"${path}" leads out of its folder`;
  if (!['File', 'OldFile', 'Directory'].includes(entry.type)) return `"${path}" is a ${entry.type}, not a file`;
  if (isWanted(path, archive) && entry.size > archive.largestMember) {
    return `"${path}" has ${entry.size} bytes, more than any of the published archive's files (${archive.largestMember})`;
  }
  return undefined;
}

function isWanted(path: string, { folder, members }: Archive): boolean {
  const { dir, base } = posix.parse(posix.normalize(path));
  return dir === folder && members.test(base);
}

/** On the disk before the folder gets its name. */
async function flush(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = await open(join(folder, name), 'r+');
    await file.sync().finally(() => file.close());
  }
}
