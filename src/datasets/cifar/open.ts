/** A folder of batch files, or one of them, as a data set. */
import { basename, join } from 'node:path';
import { inParallel } from '../../common/inParallel';
import type { DataReader, OpenOptions } from '../dataReader';
import { describeCounts } from '../describe';
import type { AnySettings, DataFacts } from '../datasetKind';
import { chooseNames, countOf, findBatchFiles, measureBatchFile, usedFiles, type BatchFiles } from './batchFiles';
import type { RecordFormat } from './records';
import { fileCheck, identityOf } from './sameFiles';
import { batchSetReader } from './setReader';

export interface FolderSettings extends AnySettings {
  readonly folder: string;
}

/** @throws InputError where the folder or a file in it is not what it should be */
export async function openFolder(
  settings: FolderSettings,
  of: RecordFormat,
  classNames: readonly string[],
  { sets, expected = { fingerprint: '' } }: OpenOptions,
): Promise<DataReader> {
  const { folder } = settings;
  const files = await findBatchFiles(folder, of, sets);
  const used = {
    train: usedFiles(files.train, settings.trainLimit),
    test: usedFiles(files.test, settings.testLimit),
  };
  const all = [...used.train, ...used.test];
  const check = fileCheck(expected, all, of);
  const train = batchSetReader(used.train, of, check);
  const test = batchSetReader(used.test, of, check);
  return {
    classNames,
    description: `${describeCounts(train.count, test.count)} from ${folder}${versionText(files)}`,
    train,
    test,
    identify: (signal) => identityOf(all, of, signal),
  };
}

/** Nothing where the usual version is there alone. */
function versionText({ version, hasOther }: BatchFiles): string {
  if (hasOther)
    return ` (${version} version; the ${version === 'binary' ? 'Python' : 'binary'} version beside it is not read)`;
  return version === 'binary' ? '' : ` (${version} version)`;
}

/** Training images where the file's name says so, else test images. @throws InputError */
export async function openBatchFile(
  path: string,
  of: RecordFormat,
  classNames: readonly string[],
): Promise<DataReader> {
  const reader = batchSetReader([await measureBatchFile(path, of)], of);
  const none = batchSetReader([], of);
  const [train, test] = of.format.train.test(basename(path)) ? [reader, none] : [none, reader];
  return { classNames, description: `${describeCounts(train.count, test.count)} from ${path}`, train, test };
}

/**
 * Counts are of the binary version alone: of the Python version they need its files to be read.
 * @throws InputError as `openFolder` does, but for what only the content of a file shows
 */
export async function readFolderFacts({ folder }: FolderSettings, of: RecordFormat): Promise<DataFacts> {
  const { train, test, version } = await chooseNames(folder, of.format, 'both');
  if (version === 'Python') return { train: undefined, test: undefined };
  const count = async (names: readonly string[]): Promise<number> =>
    countOf(await inParallel(names, (name) => measureBatchFile(join(folder, name), of)));
  return { train: await count(train), test: await count(test) };
}
