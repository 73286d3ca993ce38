/** Weights to start a training from: those of a checkpoint, or of a model that told other classes apart. */
import { classifierTensors } from '../architectures';
import type { Model } from '../models/model';
import { initialState, type Weights } from '../models/weights';
import { storedNetworkOf, weightsOf } from './checkpoint';
import { readNamedWeights } from './file';
import type { StoredNetwork } from './network';
import { parseWeights } from './parse';

export interface Pretrained {
  readonly weights: Weights;
  /** What the file holds of it, and says. */
  readonly network: StoredNetwork;
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
  return withClassifier(storedNetworkOf(file, { path }, model), path, model, seed);
}

/** @throws InputError where it is of other shapes than the model's */
export function withClassifier(network: StoredNetwork, path: string, model: Model, seed: number): Pretrained {
  const { classes } = network;
  if (classes === model.classes) return { weights: weightsOf(network, path, model), network, replaced: undefined };
  const classifier = classifierTensors(model.network, model.tensors);
  const fresh = initialState(model, seed, ({ name }) => classifier.has(name));
  const tensors = new Map(network.tensors);
  for (const { name, shape } of model.tensors) {
    const data = fresh.get(name);
    if (data !== undefined) tensors.set(name, { shape, data });
  }
  return { weights: weightsOf({ ...network, tensors }, path, model), network, replaced: classes };
}
