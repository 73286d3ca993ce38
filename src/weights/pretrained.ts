/** Weights to start a training from: those of a checkpoint, or of a model that told other classes apart. */
import { classifierOf } from '../architectures';
import type { Model } from '../models/model';
import { initialState, type Weights } from '../models/weights';
import { weightsOf } from './checkpoint';
import { readNamedWeights } from './file';
import { networkIn, type Network } from './network';
import { parseWeights } from './parse';

export interface Pretrained {
  readonly weights: Weights;
  /** What the file holds of it, and says. */
  readonly network: Network;
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
  const network = networkIn(file, path, { architecture: model.architecture });
  const { classes } = network;
  if (classes === model.classes) return { weights: weightsOf(network, path, model), network, replaced: undefined };
  const classifier = classifierOf(model.tensors);
  const fresh = initialState(model, seed, ({ name }) => name.startsWith(classifier));
  const tensors = new Map(network.tensors);
  for (const { name, shape } of model.tensors) {
    const data = fresh.get(name);
    if (data !== undefined) tensors.set(name, { shape, data });
  }
  return { weights: weightsOf({ ...network, tensors }, path, model), network, replaced: classes };
}
