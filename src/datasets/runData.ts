/** A run's data set, held against what run.json says the run was made with. */
import { InputError } from '../common/errors';
import { changedData, differences, type ExpectedData } from './changedData';
import type { DataReader } from './dataReader';
import type { DatasetSettings } from './datasetKinds';
import { loadDataset, openData } from './open';
import type { Dataset, DataWatch } from './types';

/** What run.json keeps of a data set. */
export interface DescribedData extends ExpectedData {
  readonly kind: string;
  readonly classNames: readonly string[];
  readonly description: string;
}

/** A run, as far as it says what its data are. */
export interface RunOfData {
  readonly folder: string;
  readonly study: { readonly dataset: DatasetSettings };
  readonly studyFolder: string;
  readonly manifest: { readonly dataset: DescribedData };
}

/** All of it, in memory. @throws InputError where it is not what the run was made with, naming the file that differs */
export async function loadRunData(run: RunOfData, watch: DataWatch = {}): Promise<Dataset> {
  const dataset = await loadDataset(run.study.dataset, { ...watch, studyFolder: run.studyFolder, sets: 'any' });
  assertSameData(run, dataset);
  return dataset;
}

/** Its images by their numbers. @throws InputError as `loadRunData`, at the latest when an image of such a file is read */
export function openRunData({ study, studyFolder, manifest }: RunOfData): Promise<DataReader> {
  return openData(study.dataset, studyFolder, manifest.dataset);
}

/** @throws InputError where the data set is not what the run was made with, naming the file that differs */
export function assertSameData({ folder, manifest }: Pick<RunOfData, 'folder' | 'manifest'>, dataset: Dataset): void {
  const { fingerprint, files, description } = manifest.dataset;
  // An imported run may never have seen its data.
  if (fingerprint === '' || fingerprint === dataset.fingerprint) return;
  const [other] = files === undefined || dataset.files === undefined ? [] : differences(files, dataset.files);
  if (other !== undefined) throw changedData(other.name, `${other.found} (${dataset.description})`);
  throw new InputError('the data is not what the run was made with', {
    file: folder,
    found: dataset.description,
    expected: description,
    advice: 'Restore it, or train a new run on the data as it is.',
  });
}

/** What run.json keeps of the data set that a run is made with. */
export function describeDataset({ kind, classNames, fingerprint, description, files }: Dataset): DescribedData {
  return { kind, classNames, fingerprint, description, ...(files === undefined ? {} : { files }) };
}
