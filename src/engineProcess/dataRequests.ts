/** What is answered from files alone: data sets, pixels, the images that a study names. */
import { openRun } from '../runs';
import { readStudy, type Study } from '../study';
import type { Params, Result } from '../protocol/contract';
import type { DataSource, EngineContract, ImageReference, SetInfo } from '../protocol/engine';
import { InputError } from '../common/errors';
import { openBatchFile, openData } from '../datasets/open';
import { openRunData } from '../datasets/runData';
import type { DataReader, SetReader } from '../datasets/dataReader';
import { thumbnails } from '../imaging/thumbnails';
import { refuseUnknownIndices, studyImages } from '../computations/images/images';

export async function answerDataset({
  source,
}: Params<EngineContract, 'dataset'>): Promise<Result<EngineContract, 'dataset'>> {
  const { classNames, description, test, train } = await openSource(source);
  return { classNames: [...classNames], description, sets: { test: await infoOf(test), train: await infoOf(train) } };
}

async function infoOf(reader: SetReader): Promise<SetInfo> {
  const { count, height, width } = reader;
  return { count, height, width, labels: await reader.labels() };
}

export async function answerPixels({
  source,
  set,
  indices,
  longestSide = Infinity,
}: Params<EngineContract, 'pixels'>): Promise<Result<EngineContract, 'pixels'>> {
  const reader = (await openSource(source))[set];
  refuseUnknownIndices(set, reader, indices);
  const { height, width } = reader;
  const { pixels } = await reader.read(indices);
  return thumbnails({ height, width, pixels }, indices.length, longestSide);
}

export async function answerStudyImages({ source }: Params<EngineContract, 'studyImages'>): Promise<ImageReference[]> {
  const { study, studyFolder } = await studyOf(source);
  // Only images at random depend on how many there are.
  const count = 'random' in study.explain.images ? (await openData(study.dataset, studyFolder)).test.count : 0;
  return studyImages(study, count);
}

async function openSource(source: DataSource): Promise<DataReader> {
  if (source.kind === 'batch') return openBatchFile(source.file);
  if (source.kind === 'run') return openRunData(await openRun(source.folder));
  const { study, studyFolder } = await studyOf(source);
  return openData(study.dataset, studyFolder);
}

async function studyOf(source: DataSource): Promise<{ readonly study: Study; readonly studyFolder: string }> {
  switch (source.kind) {
    case 'run':
      return openRun(source.folder);
    case 'study': {
      const { study, folder } = await readStudy(source.file);
      return { study, studyFolder: folder };
    }
    case 'batch':
      throw new InputError('a batch file is no study', { file: source.file, expected: 'a run or a study file' });
  }
}
