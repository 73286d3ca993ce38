/** CIFAR-10 (Krizhevsky 2009) in the official binary format. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeCounts } from '../describe';
import type { DataPlace, Dataset } from '../types';
import { findBatchFiles, findTestFile } from './folder';
import { readImages, type Limits } from './read';
import { CIFAR10_CLASSES } from './records';

export { CIFAR10_CLASSES };

export interface Cifar10Settings extends Limits {
  /** Relative to the study's folder. The environment variable EPOCHLENS_DATA takes its place. */
  readonly folder: string;
}

/** The folder that will be read: EPOCHLENS_DATA where it is set, else the study's own. */
export function cifar10Folder(settings: Pick<Cifar10Settings, 'folder'>, studyFolder: string): string {
  const override = process.env['EPOCHLENS_DATA'];
  return override === undefined || override === '' ? resolve(studyFolder, settings.folder) : resolve(override);
}

/** Fetches the official archive into the folder, unless there is one. */
export async function ensureCifar10(folder: string, watch: Pick<DataPlace, 'signal' | 'progress'>): Promise<void> {
  if (existsSync(folder)) return;
  // Loaded where it is needed: what speaks HTTP takes longer to load than all else that reads data.
  const { fetchCifar10 } = await import('../download/cifar10');
  await fetchCifar10(folder, watch);
}

/** Reads the folder; where there is none and the place allows it, fetches the official archive into it first. */
export async function loadCifar10(settings: Cifar10Settings, place: DataPlace): Promise<Dataset> {
  const folder = cifar10Folder(settings, place.studyFolder);
  if (place.mayDownload === true) await ensureCifar10(folder, place);
  const { train, test, fingerprint, files } = await readImages(await findBatchFiles(folder), settings, place);
  return {
    kind: 'cifar10',
    classNames: CIFAR10_CLASSES,
    train,
    test,
    fingerprint,
    files,
    description: `${describeCounts(train.count, test.count)} from ${folder}`,
  };
}

/** The test images of a folder alone, which need no training images beside them. */
export async function loadCifar10Test(
  folder: string,
  watch: Pick<DataPlace, 'signal' | 'progress'> = {},
): Promise<Dataset> {
  const { train, test, fingerprint, files } = await readImages(await findTestFile(folder), {}, watch);
  const description = `${describeCounts(0, test.count)} from ${folder}`;
  return { kind: 'cifar10', classNames: CIFAR10_CLASSES, train, test, fingerprint, files, description };
}
