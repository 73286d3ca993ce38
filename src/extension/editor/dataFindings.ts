/** Whether the files that a study names are there, and the images that it asks for. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXAMPLE_DATASET, folderOf, kindOf, readDataFacts } from '../../datasets';
import type { Archive, DataFacts } from '../../datasets/datasetKind';
import type { Study } from '../../study';
import type { Fix, Located } from './finding';

type Counts = Pick<DataFacts, 'test' | 'train'>;

const NOTHING: DataFacts = { train: 0, test: 0, lacks: ['its files'] };

export async function dataFindings(study: Study, folder: string): Promise<Located[]> {
  const { dataset } = study;
  const { title, onDisk } = kindOf(dataset);
  const place = folderOf(dataset, folder) ?? '';
  const found = [...(await weightsFindings(study, folder))];
  // What is there and cannot be looked at has none of the files.
  const facts = await readDataFacts(dataset, folder).catch(() => NOTHING);
  if (facts === undefined) {
    const images = onDisk?.archive === undefined ? [] : imageFindings(study, onDisk.archive.images);
    return [...found, missingFolder(place, title, onDisk?.archive), ...images];
  }
  if (facts.lacks.length > 0) found.push(lacking(place, title, facts, onDisk?.archive));
  return facts.test === 0 ? found : [...found, ...imageFindings(study, facts)];
}

const USE_SYNTHETIC: Fix = {
  title: 'Use synthetic images, which the program draws itself',
  changes: [{ path: ['dataset'], value: EXAMPLE_DATASET }],
};

function missingFolder(folder: string, title: string, archive: Archive | undefined): Located {
  const offer =
    archive === undefined
      ? ''
      : ` When you train, EpochLens offers to download ${title} there (${Math.round(archive.bytes / 1e6)} MB).`;
  return {
    code: 'dataMissing',
    severity: 'warning',
    path: ['dataset', 'folder'],
    fixes: [USE_SYNTHETIC],
    message: `There is no folder ${folder}.${offer}`,
  };
}

/** Without training images a study can be looked at, and not be trained. */
function lacking(folder: string, title: string, { lacks, test }: DataFacts, archive: Archive | undefined): Located {
  const severity = test === 0 ? 'error' : 'warning';
  const offer =
    archive === undefined ? '' : `, or one that does not exist yet: EpochLens offers to download ${title} there`;
  return {
    code: 'dataIncomplete',
    severity,
    path: ['dataset', 'folder'],
    fixes: [USE_SYNTHETIC],
    message: `The folder ${folder} lacks ${lacks.join(' and ')}, files of ${title}. Name another folder${offer}.`,
  };
}

/** Finds images that the study asks for and the data set does not have. */
function imageFindings({ dataset, explain: { images } }: Study, counts: Counts): Located[] {
  const available = {
    test: Math.min(counts.test ?? Infinity, dataset.testLimit ?? Infinity),
    train: Math.min(counts.train ?? Infinity, dataset.trainLimit ?? Infinity),
  };
  if ('random' in images) return images.random > available.test ? [tooManyAtRandom(available.test)] : [];
  return (['test', 'train'] as const).flatMap((set) => beyond(set, images[set], available[set]));
}

function beyond(set: 'test' | 'train', indices: readonly number[], count: number): Located[] {
  const wrong = indices.flatMap((index, at) => (index >= count ? [{ index, at }] : []));
  const kept = indices.filter((index) => index < count);
  const fix: Fix = {
    title: 'Leave out the images that are not there',
    changes: [{ path: ['explain', 'images', set], value: kept }],
  };
  return wrong.map(({ index, at }) => ({
    code: 'noSuchImage',
    severity: 'error',
    path: ['explain', 'images', set, at],
    message: `There is no ${set} image ${index}: the study has ${count}, from 0 to ${count - 1}.`,
    fixes: [fix],
  }));
}

function tooManyAtRandom(count: number): Located {
  const path = ['explain', 'images', 'random'];
  return {
    code: 'noSuchImage',
    severity: 'error',
    path,
    message: `The study has only ${count} test images.`,
    fixes: [{ title: `Replace by ${count}`, changes: [{ path, value: count }] }],
  };
}

async function weightsFindings({ model: { weights } }: Study, folder: string): Promise<Located[]> {
  if (!weights.endsWith('.safetensors')) return [];
  const file = resolve(folder, weights);
  if (
    await stat(file).then(
      (stats) => stats.isFile(),
      () => false,
    )
  )
    return [];
  const path = ['model', 'weights'];
  return [
    {
      code: 'weightsMissing',
      severity: 'error',
      path,
      message: `There is no file ${file}.`,
      fixes: [{ title: 'Start from random weights', changes: [{ path, value: 'random' }] }],
    },
  ];
}
