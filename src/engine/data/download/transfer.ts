/** One file from the network to the disk, checked. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { WorkError } from '../../../common/errors';
import type { Connection } from './connection';
import type { ArchiveSource } from './source';

/** What is taken at most where the size is not known beforehand. */
const LARGEST = 2 ** 30;

type Report = (done: number, total: number | undefined) => void;

/**
 * Writes what the connection gives to `path`, and holds its length and hash against the source's. The file is the
 * caller's to remove when this throws.
 *
 * @throws WorkError where length or hash are not as expected
 */
export async function receive(
  connection: Connection,
  source: ArchiveSource,
  path: string,
  report: Report,
): Promise<void> {
  const expected = expectedBytes(connection, source);
  const hash = createHash('sha256');
  let done = 0;
  const file = await open(path, 'wx');
  try {
    report(0, expected);
    for await (const chunk of connection.chunks) {
      hash.update(chunk);
      await file.writeFile(chunk);
      done += chunk.length;
      if (done > (expected ?? LARGEST)) break;
      report(done, expected);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (done !== (expected ?? done) || done > LARGEST) throw wrongLength(source, done, expected ?? LARGEST);
  const sha256 = hash.digest('hex');
  if (sha256 !== source.sha256) throw wrongHash(source, sha256);
}

function expectedBytes({ contentLength }: Connection, source: ArchiveSource): number | undefined {
  if (source.bytes !== undefined && contentLength !== undefined && contentLength !== source.bytes) {
    throw wrongLength(source, contentLength, source.bytes);
  }
  return source.bytes ?? contentLength;
}

function wrongLength({ url }: ArchiveSource, found: number, expected: number): WorkError {
  return new WorkError('the file has the wrong length', {
    file: url.href,
    found: `${found} bytes${found > expected ? ' or more' : ''}`,
    expected: `${expected} bytes`,
    advice: 'Nothing was kept. Try again, or use another mirror.',
  });
}

function wrongHash({ url, sha256 }: ArchiveSource, found: string): WorkError {
  return new WorkError('the file is not the expected one', {
    file: url.href,
    found: `SHA-256 ${found}`,
    expected: sha256,
    advice: 'Nothing was kept. Use another mirror, or set EPOCHLENS_CIFAR10_SHA256 if you trust this file.',
  });
}
