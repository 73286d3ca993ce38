/** Which batch files a folder holds, and how many records each. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError, messageOf } from '../../common/errors';
import { inParallel } from '../../common/inParallel';
import { systemReason } from '../../common/reasons';
import { kindOf } from '../../common/regularFile';
import type { OpenOptions } from '../dataReader';
import { recordBytes, versionOf, type CifarFormat, type Version } from './format';
import { countPython } from './readRecords';
import type { RecordFormat } from './records';

export interface BatchFile {
  readonly path: string;
  readonly records: number;
}

export interface BatchFiles {
  /** By number. */
  readonly train: readonly BatchFile[];
  readonly test: readonly BatchFile[];
  readonly version: Version;
  /** Whether files of the other version lie beside them, which are not read. */
  readonly hasOther: boolean;
}

/** Names of a version's files in a folder. */
export interface BatchNames {
  readonly train: readonly string[];
  readonly test: readonly string[];
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

/** The version that has all that is asked for, else what there is of the binary one before the Python one. */
export function chooseVersion(
  names: readonly string[],
  format: CifarFormat,
): BatchNames & { version: Version; hasOther: boolean } {
  const versions = (['binary', 'Python'] as const).map((version) => {
    const matching = (pattern: RegExp): string[] =>
      names
        .filter((name) => pattern.test(name) && versionOf(name) === version)
        .sort((a, b) => numberIn(a) - numberIn(b));
    return { version, train: matching(format.train), test: matching(format.test) };
  });
  const has = ({ train, test }: BatchNames): number => Number(train.length > 0) + Number(test.length > 0);
  const [binary, python] = versions as [(typeof versions)[0], (typeof versions)[0]];
  const [chosen, other] = has(python) > has(binary) ? [python, binary] : [binary, python];
  return { ...chosen, hasOther: has(other) > 0 };
}

function numberIn(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0);
}

type ChosenNames = ReturnType<typeof chooseVersion>;

/** @throws InputError where the folder cannot be read, lacks files that are asked for, or one of them is cut short */
export async function findBatchFiles(folder: string, of: RecordFormat, sets: OpenOptions['sets']): Promise<BatchFiles> {
  const { train, test, version, hasOther } = await chooseNames(folder, of.format, sets);
  // One after the other: a file of the Python version is read to be measured.
  const measureAll = (each: readonly string[]): Promise<BatchFile[]> =>
    inParallel(each, (name) => measureBatchFile(join(folder, name), of), 1);
  return { train: await measureAll(train), test: await measureAll(test), version, hasOther };
}

/** @throws InputError where the folder cannot be read, or lacks files that are asked for */
export async function chooseNames(
  folder: string,
  format: CifarFormat,
  sets: OpenOptions['sets'],
): Promise<ChosenNames> {
  const listed = await list(folder, format);
  const names = sets === 'test' ? listed.filter((name) => !format.train.test(name)) : listed;
  const chosen = chooseVersion(names, format);
  const { train, test, version } = chosen;
  const wanted = format.names[version];
  if (train.length === 0 && test.length === 0 && listed.length === names.length)
    throw noBatchFiles(folder, names, format);
  if (train.length === 0 && sets === 'both') {
    throw missing(folder, 'no training images', `${wanted.test} only`, wanted.train, format);
  }
  if (test.length === 0 && sets !== 'any') {
    throw missing(folder, 'no test images', `${listed.length} other file(s)`, wanted.test, format);
  }
  return chosen;
}

async function list(folder: string, format: CifarFormat): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    const { title } = format;
    const wanted = wantedText(format);
    if (reason === 'ENOENT') throw missing(folder, `the ${title} folder does not exist`, 'nothing', wanted, format);
    if (reason === 'ENOTDIR')
      throw missing(folder, `the ${title} folder is a file`, 'a file', `a folder of ${wanted}`, format);
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError(`the ${title} folder cannot be read`, { file: folder, found }, { cause: error });
  }
}

function wantedText({ names }: CifarFormat): string {
  return `${names.binary.all}, or of the Python version ${names.Python.all}`;
}

function missing(folder: string, summary: string, found: string, expected: string, format: CifarFormat): InputError {
  const advice = `Put the files of ${format.archiveName} there, or set EPOCHLENS_DATA to a folder that has them.`;
  return new InputError(summary, { file: folder, found, expected, advice });
}

function noBatchFiles(folder: string, names: readonly string[], format: CifarFormat): InputError {
  const { title, folders } = format;
  const found = names.length === 0 ? 'an empty folder' : `${names.length} other file(s), such as ${names[0] ?? ''}`;
  const inner = folders.find((name) => names.includes(name));
  const isMatlab = names.some((name) => /^(data_batch_\d|train)\.mat$/.test(name));
  const summary = `no ${title} batch files`;
  const expected = wantedText(format);
  if (inner === undefined && !isMatlab) return missing(folder, summary, found, expected, format);
  const advice = isMatlab
    ? `This is the Matlab version of ${title}; the binary or the Python version is needed.`
    : `The files seem to be one folder further in: name ${inner ?? ''}.`;
  return new InputError(summary, { file: folder, found, expected, advice });
}

/** @throws InputError where it cannot be read, is cut short, or is no batch file */
export async function measureBatchFile(path: string, of: RecordFormat): Promise<BatchFile> {
  const { format } = of;
  const records = await wholeRecords(path, of);
  const bytes = recordBytes(format);
  const size = await sizeOf(path, format);
  const isWhole = versionOf(basename(path)) === 'Python' || size === records * bytes;
  if (isWhole && records > 0) return { path, records };
  throw new InputError(`the batch file is cut short or is not a ${format.title} batch`, {
    file: path,
    found: `${size} bytes (${records} records and ${size % bytes} bytes more)`,
    expected: `a multiple of ${bytes} bytes, such as ${(10_000 * bytes).toLocaleString('en-GB')} of 10,000 images`,
    advice: 'Fetch the file again.',
  });
}

/** How many whole records a file has. @throws InputError */
export async function wholeRecords(path: string, of: RecordFormat): Promise<number> {
  const size = await sizeOf(path, of.format);
  if (versionOf(basename(path)) === 'Python') return countPython(path, of);
  return Math.floor(size / recordBytes(of.format));
}

async function sizeOf(file: string, { title }: CifarFormat): Promise<number> {
  const stats = await stat(file).catch((error: unknown) => {
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the batch file cannot be read', { file, found }, { cause: error });
  });
  if (stats.isFile()) return stats.size;
  throw new InputError('not a batch file', { file, found: kindOf(stats), expected: `a file of ${title} records` });
}
