/** From settings, a folder or a file to images. Needs no engine. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { InputError } from '../common/errors';
import { IMAGE_EXTENSIONS } from '../imageFiles/extensions';
import type { ExpectedData } from './changedData';
import type { DataReader } from './dataReader';
import { ensureData } from './fetching';
import { dataFolder } from './folder';
import type { Archive, DataFacts, DatasetKind } from './datasetKind';
import {
  classCountOf,
  classNamesOf,
  DATASET_KINDS,
  datasetSchema,
  folderIn,
  folderSettings,
  kindOf,
  type DatasetSettings,
} from './datasetKinds';
import { inMemory, openSource } from './imageSource';
import type { DataPlace, Dataset, DataWatch, ImageSet } from './types';

/** The folder that will be read; undefined where the program draws the images. */
export function folderOf(settings: DatasetSettings, studyFolder: string): string | undefined {
  const folder = folderIn(settings);
  return folder === undefined ? undefined : dataFolder({ folder }, studyFolder);
}

/** With the folder that will be read. */
export function locatedSettings(settings: DatasetSettings, studyFolder: string): DatasetSettings {
  return 'folder' in settings ? { ...settings, folder: dataFolder(settings, studyFolder) } : settings;
}

/** A folder of images that is not there. */
export interface AbsentData {
  readonly title: string;
  readonly folder: string;
  /** What can be fetched into it; undefined also where EPOCHLENS_DATA names the folder. */
  readonly archive: Archive | undefined;
}

/** Undefined where the folder is there, or the program draws the images. */
export function absentData(settings: DatasetSettings, studyFolder: string): AbsentData | undefined {
  const folder = folderOf(settings, studyFolder);
  if (folder === undefined || existsSync(folder)) return undefined;
  const { title, onDisk } = kindOf(settings);
  return { title, folder, archive: process.env['EPOCHLENS_DATA'] ? undefined : onDisk?.archive };
}

/** What is known of the data without reading it; undefined where its folder is not there. @throws InputError */
export async function readDataFacts(settings: DatasetSettings, studyFolder: string): Promise<DataFacts | undefined> {
  const folder = folderOf(settings, studyFolder);
  if (folder !== undefined && !existsSync(folder)) return undefined;
  return kindOf(settings).readFacts(locatedSettings(settings, studyFolder));
}

/** In the order of their labels. @throws InputError where only the folder says them, and it is not what it should be */
export async function readClassNames(settings: DatasetSettings, studyFolder: string): Promise<readonly string[]> {
  const kind = kindOf(settings);
  return kind.classNames(settings) ?? (await kind.readClassNames?.(locatedSettings(settings, studyFolder))) ?? [];
}

/**
 * Images by their numbers, without a whole set in memory: what an editor shows of 60,000 images is a few at a time.
 *
 * @param expected what the data must be: see `openRunData`
 * @throws InputError where the folder or a file in it is not what it should be
 */
export function openData(settings: DatasetSettings, studyFolder: string, expected?: ExpectedData): Promise<DataReader> {
  return kindOf(settings).open(locatedSettings(settings, studyFolder), { sets: 'any', expected });
}

/**
 * Loads what the study asks for into memory.
 *
 * @throws InputError where the folder or a file in it is not what it should be; WorkError where a download failed;
 *   CancelledError where the signal was raised.
 */
export async function loadDataset(settings: DatasetSettings, place: DataPlace): Promise<Dataset> {
  const { studyFolder, sets = 'both', mayDownload = false } = place;
  if (mayDownload) await ensureData(settings, studyFolder, place);
  const kind = kindOf(settings);
  return readData(kind, await kind.open(locatedSettings(settings, studyFolder), { sets }), place);
}

async function readData(kind: DatasetKind, reader: DataReader, { signal, progress }: DataWatch): Promise<Dataset> {
  const total = reader.train.count + reader.test.count;
  const stage = kind.onDisk === undefined ? 'draw' : 'read';
  const report = (done: number): void => progress?.({ stage, done, total, unit: 'images' });
  report(0);
  const train = await openSource(reader.train, { signal, progress: report });
  const test = await openSource(reader.test, { signal, progress: (done) => report(train.count + done) });
  const identity = (await reader.identify?.(signal)) ?? { fingerprint: fingerprintOf(inMemory(train), inMemory(test)) };
  const { classNames, description } = reader;
  return { kind: kind.kind, classNames, train, test, description, ...identity };
}

function fingerprintOf(...sets: readonly ImageSet[]): string {
  const hash = createHash('sha256');
  for (const { labels, pixels } of sets) hash.update(labels).update(pixels);
  return hash.digest('hex');
}

/**
 * The settings that read a folder as so many classes, pictures at so many pixels a side. Which kind it is of its files say, or where there are none the
 * number of classes.
 * @throws InputError where no kind has so many classes, or the folder's does not
 */
export async function settingsFor(
  folder: string | undefined,
  classes: number,
  size?: number,
): Promise<DatasetSettings> {
  const place = folder === undefined ? undefined : resolve(folder);
  const entries = place === undefined ? [] : await readdir(place, { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name]));
  const kinds = DATASET_KINDS.filter(({ onDisk }) => onDisk !== undefined);
  const kind = kinds.find(({ onDisk }) => names.some((name) => onDisk?.isFile(name)));
  const isOfFolders = entries.some((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const isPictures =
    kind === undefined &&
    (isOfFolders || names.some((name) => IMAGE_EXTENSIONS.includes(extname(name).slice(1).toLowerCase())));
  if (place !== undefined && isPictures) return pictureSettings(place, classes, size);
  const candidates = folderSettings(place, kind === undefined ? kinds : [kind]);
  const found = candidates.find((settings) => classNamesOf(settings)?.length === classes);
  if (found !== undefined) return found;
  const counts = candidates.map((settings) => `${classCountOf(settings)} of ${kindOf(settings).title}`);
  throw otherClasses(place, classes, counts.join(' or '));
}

/** All pictures are test images where no folder says which are. @throws InputError where they are not of so many classes */
async function pictureSettings(folder: string, classes: number, size?: number): Promise<DatasetSettings> {
  const settings = datasetSchema.parse({ kind: 'folder', folder, size, testFraction: 1 });
  const names = await readClassNames(settings, folder);
  if (names.length === classes) return settings;
  throw otherClasses(folder, classes, `${names.length}, the folders of pictures`);
}

function otherClasses(file: string | undefined, classes: number, expected: string): InputError {
  return new InputError('a classifier of other classes than the data’s', {
    ...(file === undefined ? {} : { file }),
    found: `${classes} classes`,
    expected,
    advice: 'To start a training from it, name it in a study’s model.weights: its classifier is then replaced.',
  });
}

/** The test images alone, which need no training images beside them. @param settings with an absolute folder */
export async function loadTestImages(settings: DatasetSettings, watch: DataWatch = {}): Promise<Dataset> {
  const kind = kindOf(settings);
  const reader = await kind.open(settings, { sets: 'test' });
  return readData(kind, reader, watch);
}

/** One batch file as a data set, of the kind that its name says, else of the first. @throws InputError */
export async function openBatchFile(path: string): Promise<DataReader> {
  const kinds = DATASET_KINDS.flatMap(({ onDisk }) => (onDisk?.openFile === undefined ? [] : [onDisk]));
  const kind = kinds.find((each) => each.isFile(basename(path))) ?? kinds[0];
  if (kind?.openFile === undefined) throw new RangeError('no kind of data set is in files');
  return kind.openFile(path);
}
