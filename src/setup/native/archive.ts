/** Unpacking the archives the native engine comes in. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { WorkError } from '../../common/errors';
import { dataReason } from '../../common/reasons';

export interface UnpackOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where an entry goes within the folder, or undefined to leave it out. */
  readonly place: (entryName: string) => string | undefined;
  /** What the bytes' SHA-256 must be, as the archive's own list has it: base64url without padding. */
  readonly expectedHash?: (entryName: string) => string | undefined;
}

/**
 * Unpacks the entries of a zip file (a wheel is one) that have a place.
 *
 * @returns the number of files written
 * @throws WorkError when the file is no zip file or an entry is damaged
 */
export async function unpackZip(path: string, folder: string, options: UnpackOptions): Promise<number> {
  return withZip(path, async (zip) => {
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      const place = entry.fileName.endsWith('/') ? undefined : options.place(entry.fileName);
      if (place === undefined) continue;
      options.signal?.throwIfAborted();
      const hash = await writeEntry(zip, entry, join(folder, place), options.signal);
      const expected = options.expectedHash?.(entry.fileName);
      if (options.expectedHash !== undefined && hash !== expected) {
        throw new WorkError('a damaged file in the archive', {
          file: path,
          place: entry.fileName,
          found: `SHA-256 ${hash}`,
          expected: expected ?? 'an entry in the archive’s own list',
        });
      }
      count += 1;
    }
    return count;
  });
}

/** The text of the one entry whose name passes. */
export async function readZipText(path: string, matches: (entryName: string) => boolean): Promise<string> {
  return withZip(path, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      if (matches(entry.fileName)) return text(await zip.openReadStreamPromise(entry));
    }
    throw new WorkError('an archive without its list of files', { file: path });
  });
}

async function withZip<T>(path: string, use: (zip: ZipFile) => Promise<T>): Promise<T> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true });
    return await use(zip);
  } catch (error) {
    if (error instanceof WorkError || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw new WorkError('an archive that cannot be read', { file: path, found: dataReason(error) });
  } finally {
    zip?.close();
  }
}

/** @returns the SHA-256 of what was written, base64url */
async function writeEntry(zip: ZipFile, entry: Entry, path: string, signal?: AbortSignal): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  const tee = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      hash.update(chunk);
      pass(undefined, chunk);
    },
  });
  const source = await zip.openReadStreamPromise(entry);
  await pipeline(source, tee, createWriteStream(path), signal === undefined ? {} : { signal });
  return hash.digest('base64url');
}
