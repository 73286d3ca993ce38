/** Weights to start a training from: those of a checkpoint, or of a model that told other classes apart. */
import type { TensorDeclaration } from '../../architectures';
import type { Model } from '../models/model';
import { initialState, type Weights } from '../models/weights';
import { parseCheckpoint } from './checkpoint';
import { readNamedWeights } from './file';
import { underOwnNames } from './names/canonical';
import { parseWeights } from './parse';
import type { StoredState } from './stored';

export interface Pretrained {
  readonly weights: Weights;
  /** How many classes the file's classifier knew, where it was replaced. */
  readonly replaced: number | undefined;
}

/**
 * Reads weights; a classifier of another number of classes is replaced by the one that a training from random weights
 * of this seed starts with.
 *
 * @throws InputError where the file is not one, or is of another architecture
 */
export async function readPretrained(path: string, model: Model, seed: number): Promise<Pretrained> {
  const file = await parseWeights(await readNamedWeights(path), path);
  const stored = underOwnNames(file, model.architecture, model.tensors);
  const classifier = model.tensors.find(({ role }) => role === 'linear');
  const replaced = classifier === undefined ? undefined : otherClasses(stored, classifier);
  if (classifier === undefined || replaced === undefined) {
    return { weights: parseCheckpoint(stored, path, model).weights, replaced: undefined };
  }
  const module = classifier.name.slice(0, -'.weight'.length);
  const fresh = initialState(model, seed, ({ name }) => name.startsWith(`${module}.`));
  const tensors = new Map(stored.tensors);
  for (const { name, shape } of model.tensors) {
    const data = fresh.get(name);
    if (data !== undefined) tensors.set(name, { shape, data });
  }
  return { weights: parseCheckpoint({ ...stored, tensors }, path, model).weights, replaced };
}

/** The classes of the file's classifier, if they are not the model's: [classes, features] of as many features. */
function otherClasses({ tensors }: StoredState, { name, shape }: TensorDeclaration): number | undefined {
  const [classes, features, ...more] = tensors.get(name)?.shape ?? [];
  const isLike = classes !== undefined && features === shape[1] && more.length === 0;
  return isLike && classes !== shape[0] ? classes : undefined;
}
