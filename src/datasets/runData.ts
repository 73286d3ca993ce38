/** A run's data set, held against what run.json says the run was made with. */
import { InputError } from '../common/errors';
import type { Run, RunManifest } from '../runs';
import { changedData, differences } from './cifar10/sameFiles';
import { loadDataset } from './load';
import { openData } from './reader';
import type { DataReader } from './setReader';
import type { DataPlace, Dataset } from './types';

type RunOfData = Pick<Run, 'folder' | 'study' | 'studyFolder' | 'manifest'>;

/** All of it, in memory. @throws InputError where it is not what the run was made with, naming the file that differs */
export async function loadRunData(run: RunOfData, watch: Omit<DataPlace, 'studyFolder'> = {}): Promise<Dataset> {
  const dataset = await loadDataset(run.study.dataset, { ...watch, studyFolder: run.studyFolder });
  assertSameData(run, dataset);
  return dataset;
}

/** Its images by their numbers. @throws InputError as `loadRunData`, at the latest when an image of such a file is read */
export function openRunData({ study, studyFolder, manifest }: RunOfData): Promise<DataReader> {
  return openData(study.dataset, studyFolder, manifest.dataset);
}

/** @throws InputError where the data set is not what the run was made with, naming the file that differs */
export function assertSameData({ folder, manifest }: Pick<Run, 'folder' | 'manifest'>, dataset: Dataset): void {
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
export function describeDataset({
  kind,
  classNames,
  fingerprint,
  description,
  files,
}: Dataset): RunManifest['dataset'] {
  return { kind, classNames, fingerprint, description, ...(files === undefined ? {} : { files }) };
}
