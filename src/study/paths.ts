import { isAbsolute, join } from 'node:path';
import { folderIn } from '../datasets/datasetKinds';
import type { Study } from './schema';

/** The paths in a study that are relative to its file's folder. */
export function relativePathsOf({ dataset, model }: Pick<Study, 'dataset' | 'model'>): string[] {
  const folder = folderIn(dataset) ?? [];
  const data =
    dataset.kind === 'arrays' ? [dataset.images, dataset.labels].map((name) => join(dataset.folder, name)) : folder;
  const weights = model.weights === 'random' || model.weights === 'imagenet' ? [] : [model.weights];
  return [data, weights].flat().filter((path) => !isAbsolute(path));
}
