/** Records of batch files, read where they lie. */
import { basename } from 'node:path';
import { createCache } from '../../common/cache';
import { InputError, isReportedError, messageOf } from '../../common/errors';
import { fileStamp } from '../../common/fileStamp';
import { systemReason } from '../../common/reasons';
import { openRegularFile, readRegularFile } from '../../common/regularFile';
import { recordBytes, versionOf } from './format';
import { recordsOfPython } from './python';
import type { RecordFormat } from './records';

/** Of Python files, whose records cannot be read one by one: 50,000 take 154 MB. */
const UNPICKLED = createCache<Uint8Array>({ most: 2, idleMilliseconds: 20_000 });

/** Of how many records they are: a request of a few images need not read all files to find theirs. */
const COUNTS = createCache<number>({ most: 1000, idleMilliseconds: 3_600_000 });

/** The official largest has 156 MB, and protocol 2 of Python 3 makes half as much more of it. */
const MOST_PYTHON_BYTES = 2 ** 30;

/** The records in a file of the Python version. @throws InputError where it is not one of the format */
export async function countPython(path: string, of: RecordFormat): Promise<number> {
  const count = async (): Promise<number> =>
    pythonRecords(path, of, (records) => records.length / recordBytes(of.format));
  try {
    return await COUNTS.use(await keyOf(path, of), count, (records) => records);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Lends all records of a file of the Python version. */
async function pythonRecords<R>(path: string, of: RecordFormat, work: (records: Uint8Array) => R): Promise<R> {
  const make = async (): Promise<Uint8Array> =>
    recordsOfPython(await readRegularFile(path, MOST_PYTHON_BYTES), of.format, of.label, path);
  return UNPICKLED.use(await keyOf(path, of), make, work);
}

async function keyOf(path: string, { format, label }: RecordFormat): Promise<string> {
  return `${await fileStamp(path)} ${format.title} ${label}`;
}

/** So many records from `first` on. @throws InputError where the file cannot be read, or has fewer by now */
export async function readRecords(path: string, of: RecordFormat, first: number, count: number): Promise<Uint8Array> {
  const size = recordBytes(of.format);
  const bytes = new Uint8Array(count * size);
  try {
    if (versionOf(basename(path)) === 'Python') {
      await pythonRecords(path, of, (records) => {
        bytes.set(records.subarray(first * size, (first + count) * size));
      });
      return bytes;
    }
    const file = await openRegularFile(path);
    try {
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, first * size + length);
        if (bytesRead === 0) throw new Error('a file that has become shorter');
        length += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return bytes;
}

function unreadable(file: string, error: unknown): unknown {
  if (isReportedError(error)) return error;
  const found = systemReason(error) ?? messageOf(error);
  return new InputError('the batch file cannot be read', { file, found }, { cause: error });
}
