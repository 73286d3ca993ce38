import { isAbsolute } from 'node:path';
import type { Study } from './schema';

/** The paths in a study that are relative to its file's folder. */
export function relativePathsOf({ dataset, model }: Pick<Study, 'dataset' | 'model'>): string[] {
  const folder = dataset.kind === 'cifar10' ? [dataset.folder] : [];
  const weights = model.weights === 'random' || model.weights === 'imagenet' ? [] : [model.weights];
  return [...folder, ...weights].filter((path) => !isAbsolute(path));
}
