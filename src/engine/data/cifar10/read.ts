/** Reads as many records of a folder's files as asked for. */
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { CancelledError, InputError } from '../../../common/errors';
import type { DataPlace, ImageSet } from '../types';
import type { BatchFile, BatchFiles } from './folder';
import { RECORD_BYTES, SIDE, decodeRecords } from './records';

export interface Limits {
  /** How many images at most, the first ones in file order; all where absent. */
  readonly trainLimit?: number | undefined;
  readonly testLimit?: number | undefined;
}

export interface ReadImages {
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** SHA-256 of the records read, training before test, in file order. */
  readonly fingerprint: string;
}

type Watch = Pick<DataPlace, 'signal' | 'progress'>;

export async function readImages(files: BatchFiles, limits: Limits, watch: Watch): Promise<ReadImages> {
  const hash = createHash('sha256');
  const trainCount = countOf(files.train, limits.trainLimit);
  const testCount = countOf(files.test, limits.testLimit);
  const total = trainCount + testCount;
  const report = (done: number): void => watch.progress?.({ stage: 'read', done, total, unit: 'images' });
  report(0);
  const train = await readSet(files.train, trainCount, hash, watch, report);
  const test = await readSet(files.test, testCount, hash, watch, (done) => report(trainCount + done));
  return { train, test, fingerprint: hash.digest('hex') };
}

export function countOf(files: readonly BatchFile[], limit = Infinity): number {
  return Math.min(
    limit,
    files.reduce((sum, file) => sum + file.records, 0),
  );
}

async function readSet(
  files: readonly BatchFile[],
  count: number,
  hash: Hash,
  watch: Watch,
  report: (done: number) => void,
): Promise<ImageSet> {
  const pixels = new Uint8Array(count * SIDE * SIDE * 3);
  const labels = new Uint8Array(count);
  let done = 0;
  for (const file of files) {
    if (done === count) break;
    if (watch.signal?.aborted === true) throw new CancelledError();
    const records = await readStart(file, Math.min(file.records, count - done));
    decodeRecords(records, { pixels, labels }, done, file.path);
    hash.update(records);
    done += records.length / RECORD_BYTES;
    report(done);
  }
  return { count, height: SIDE, width: SIDE, pixels, labels };
}

/** The file's first `count` records. */
async function readStart({ path }: BatchFile, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count * RECORD_BYTES);
  try {
    const file = await open(path);
    try {
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) throw new Error(`the file ended after ${length} bytes`);
        length += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new InputError(
      `the batch file cannot be read (${(error as Error).message})`,
      { file: path },
      { cause: error },
    );
  }
  return bytes;
}
