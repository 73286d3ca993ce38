/** One file of an import: the network in it, and what tells it from others. */
import { createHash } from 'node:crypto';
import type { CheckpointWeights } from '../common/checkpointWeights';
import { InputError } from '../common/errors';
import { notFinite } from '../weights/checkpoint';
import { readNamedWeights } from '../weights/file';
import { amongTwins, hasConvolution, networkIn, type Network, type NetworkRequest } from '../weights/network';
import { NoWeightsError } from '../weights/noWeights';
import { parseWeights } from '../weights/parse';
import { sha256 } from '../weights/sha256';
import type { StoredFile, StoredTensors } from '../weights/stored';
import { weightsIn } from './weightsIn';

/** A network without its weights, of which a folder may have more than fit into memory. */
export type NetworkFacts = Omit<Network, 'tensors'>;

export interface InspectedFile extends NetworkFacts {
  readonly path: string;
  /** Of the file. */
  readonly sha256: string;
  /** Of the weights alone, under the architecture's own names, as float32: files of other formats may hold the same. */
  readonly weightsDigest: string;
  /** As far as the file shows it. */
  readonly weights: CheckpointWeights | undefined;
}

/** A file that no checkpoint can be made of, for whoever goes through a folder. */
export interface Unusable {
  readonly error: InputError;
  /** Whether it is whole and holds no network at all, and not damaged. */
  readonly isOther: boolean;
}

/** @throws InputError for a network that cannot be imported, or a checkpoint of a run that is not as it was written */
export async function inspectFile(
  path: string,
  { architecture, stateDict }: NetworkRequest,
): Promise<InspectedFile | Unusable> {
  const bytes = await readNamedWeights(path);
  let stored: StoredFile;
  try {
    stored = await parseWeights(bytes, path);
  } catch (error) {
    if (error instanceof InputError) return { error, isOther: error instanceof NoWeightsError };
    throw error;
  }
  let network: Network;
  try {
    network = networkIn(stored, path, { stateDict });
  } catch (error) {
    if (error instanceof InputError && !stored.dicts.some(hasConvolution)) return { error, isOther: true };
    throw error;
  }
  const error = wrongNumbers(network, path);
  if (error !== undefined) return { error, isOther: false };
  const { tensors, ...facts } = network;
  const alike = [facts.architecture, ...facts.twins];
  const named = amongTwins(facts.architecture, architecture, alike);
  return {
    path,
    ...facts,
    architecture: named,
    twins: alike.filter((name) => name !== named),
    sha256: await sha256(bytes),
    weightsDigest: digestOf(tensors),
    weights: weightsIn(network),
  };
}

/** Values that are not finite, or cannot be read. */
function wrongNumbers(network: Network, path: string): InputError | undefined {
  try {
    return notFinite(network, path);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Counts of batches, which averaging turns into fractions, play no part. */
function digestOf(tensors: StoredTensors): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of tensors) {
    if (name.endsWith('.num_batches_tracked')) continue;
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
