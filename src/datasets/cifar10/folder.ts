/** Which batch files a CIFAR-10 folder holds, and how many records each. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf } from '../../common/errors';
import { systemReason } from '../../common/reasons';
import { kindOf } from '../../common/regularFile';
import { RECORD_BYTES } from './records';

export interface BatchFile {
  readonly path: string;
  readonly records: number;
}

export interface BatchFiles {
  /** data_batch_*.bin, by number. */
  readonly train: readonly BatchFile[];
  readonly test: readonly BatchFile[];
}

/** Of a set's files, those whose first `limit` images are used, each with as many records as are. */
export function usedFiles(files: readonly BatchFile[], limit = Infinity): BatchFile[] {
  let left = limit;
  return files.flatMap(({ path, records }) => {
    const used = Math.min(records, left);
    left -= used;
    return used > 0 ? [{ path, records: used }] : [];
  });
}

export function countOf(files: readonly BatchFile[]): number {
  return files.reduce((sum, { records }) => sum + records, 0);
}

const TRAIN_FILE = /^data_batch_(\d+)\.bin$/;
const TEST_FILE = 'test_batch.bin';
const WANTED = 'data_batch_1.bin … data_batch_5.bin (one or more of them) and test_batch.bin';

/** @throws InputError where the folder cannot be read, lacks training or test files, or one of them is cut short. */
export async function findBatchFiles(folder: string): Promise<BatchFiles> {
  const names = await list(folder);
  const train = names.filter((name) => TRAIN_FILE.test(name)).sort((a, b) => batchNumber(a) - batchNumber(b));
  const test = names.filter((name) => name === TEST_FILE);
  if (train.length === 0 && test.length === 0) throw noBatchFiles(folder, names);
  if (train.length === 0) throw missing(folder, 'no training images', 'test_batch.bin only', 'data_batch_*.bin');
  if (test.length === 0) throw missing(folder, 'no test images', `${train.length} training file(s) only`, TEST_FILE);
  return { train: await measureAll(folder, train), test: await measureAll(folder, test) };
}

/** The test file of a folder that may have no training files. */
export async function findTestFile(folder: string): Promise<BatchFiles> {
  const names = await list(folder);
  if (names.includes(TEST_FILE)) return { train: [], test: await measureAll(folder, [TEST_FILE]) };
  if (names.length === 0) throw noBatchFiles(folder, names);
  throw missing(folder, 'no test images', `${names.length} other file(s)`, TEST_FILE);
}

function batchNumber(name: string): number {
  return Number(TRAIN_FILE.exec(name)?.[1]);
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === 'ENOENT') throw missing(folder, 'the CIFAR-10 folder does not exist', 'nothing', WANTED);
    if (reason === 'ENOTDIR') throw missing(folder, 'the CIFAR-10 folder is a file', 'a file', `a folder of ${WANTED}`);
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the CIFAR-10 folder cannot be read', { file: folder, found }, { cause: error });
  }
}

function missing(folder: string, summary: string, found: string, expected: string): InputError {
  const advice = 'Put the files of cifar-10-binary.tar.gz there, or set EPOCHLENS_DATA to a folder that has them.';
  return new InputError(summary, { file: folder, found, expected, advice });
}

function noBatchFiles(folder: string, names: readonly string[]): InputError {
  const found = names.length === 0 ? 'an empty folder' : `${names.length} other file(s), such as ${names[0] ?? ''}`;
  const hints = [
    { sign: 'cifar-10-batches-bin', advice: 'The files seem to be one folder further in: name cifar-10-batches-bin.' },
    { sign: 'data_batch_1', advice: 'This is the Python version of CIFAR-10; the binary version is needed.' },
    { sign: 'data_batch_1.mat', advice: 'This is the Matlab version of CIFAR-10; the binary version is needed.' },
  ];
  const advice = hints.find(({ sign }) => names.includes(sign))?.advice;
  if (advice === undefined) return missing(folder, 'no CIFAR-10 batch files', found, WANTED);
  return new InputError('no CIFAR-10 batch files', { file: folder, found, expected: WANTED, advice });
}

async function measureAll(folder: string, names: readonly string[]): Promise<BatchFile[]> {
  return Promise.all(names.map((name) => measureBatchFile(join(folder, name))));
}

/** @throws InputError where it cannot be read, is cut short, or is no batch file */
export async function measureBatchFile(path: string): Promise<BatchFile> {
  const size = await sizeOf(path);
  const records = size / RECORD_BYTES;
  if (Number.isInteger(records) && records > 0) return { path, records };
  throw new InputError('the batch file is cut short or is not a CIFAR-10 batch', {
    file: path,
    found: `${size} bytes (${Math.floor(records)} records and ${size % RECORD_BYTES} bytes more)`,
    expected: `a multiple of ${RECORD_BYTES} bytes, such as 30,730,000 for an official file`,
    advice: 'Fetch the file again.',
  });
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch((error: unknown) => {
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the batch file cannot be read', { file, found }, { cause: error });
  });
  if (stats.isFile()) return stats.size;
  throw new InputError('not a batch file', { file, found: kindOf(stats), expected: 'a file of CIFAR-10 records' });
}
