/** Reads as many records of a folder's files as asked for. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CancelledError, InputError, messageOf } from '../../common/errors';
import { systemReason } from '../../common/reasons';
import { openRegularFile } from '../../common/regularFile';
import type { DataFile } from '../../runs';
import type { DataPlace, ImageSet } from '../types';
import { countOf, usedFiles, type BatchFile, type BatchFiles } from './folder';
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
  /** Training before test, in file order, as far as they were read. */
  readonly files: readonly DataFile[];
}

type Watch = Pick<DataPlace, 'signal' | 'progress'>;

export async function readImages(files: BatchFiles, limits: Limits, watch: Watch): Promise<ReadImages> {
  const hash = createHash('sha256');
  const trainCount = countOf(usedFiles(files.train, limits.trainLimit));
  const testCount = countOf(usedFiles(files.test, limits.testLimit));
  const total = trainCount + testCount;
  const report = (done: number): void => watch.progress?.({ targetLayer: 'read', done, total, unit: 'images' });
  report(0);
  const read: DataFile[] = [];
  const seen = (file: BatchFile, records: Uint8Array): void => {
    hash.update(records);
    const sha256 = createHash('sha256').update(records).digest('hex');
    read.push({ name: basename(file.path), records: file.records, sha256 });
  };
  const train = await readSet(usedFiles(files.train, limits.trainLimit), seen, watch, report);
  const test = await readSet(usedFiles(files.test, limits.testLimit), seen, watch, (done) => report(trainCount + done));
  return { train, test, fingerprint: hash.digest('hex'), files: read };
}

async function readSet(
  files: readonly BatchFile[],
  seen: (file: BatchFile, records: Uint8Array) => void,
  watch: Watch,
  report: (done: number) => void,
): Promise<ImageSet> {
  const count = countOf(files);
  const pixels = new Uint8Array(count * SIDE * SIDE * 3);
  const labels = new Uint8Array(count);
  let done = 0;
  for (const file of files) {
    if (watch.signal?.aborted === true) throw new CancelledError();
    const records = await readStart(file);
    decodeRecords(records, { pixels, labels }, done, file.path);
    seen(file, records);
    done += records.length / RECORD_BYTES;
    report(done);
  }
  return { count, height: SIDE, width: SIDE, pixels, labels };
}

/** So many records from the file's beginning. */
async function readStart({ path, records }: BatchFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(records * RECORD_BYTES);
  try {
    const file = await openRegularFile(path);
    try {
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) throw new Error(`a file that ended after ${length} bytes`);
        length += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the batch file cannot be read', { file: path, found }, { cause: error });
  }
  return bytes;
}
