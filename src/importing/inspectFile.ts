/** One file of an import: the network in it, and what tells it from others. */
import { createHash } from 'node:crypto';
import type { CheckpointWeights } from '../common/checkpointWeights';
import { InputError } from '../common/errors';
import { isFileNetwork, type FileNetwork, type NetworkName } from '../architectures';
import type { NetworkWithState } from '../networks';
import { notFinite } from '../weights/checkpoint';
import { graphStateIn } from '../weights/graph/state';
import { readOnnxCheckpoint } from '../weights/onnx';
import { readNamedWeights } from '../weights/file';
import { amongTwins, hasConvolution, networkIn, type StoredNetwork, type NetworkRequest } from '../weights/network';
import { NoWeightsError } from '../weights/noWeights';
import { parseWeights } from '../weights/parse';
import { sha256 } from '../weights/sha256';
import type { StoredFile, StoredTensors } from '../weights/stored';
import { weightsIn } from './weightsIn';

/** A network without its weights, of which a folder may have more than fit into memory. */
export type NetworkFacts = Omit<StoredNetwork, 'tensors'>;

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

/** A graph that state dicts belong to. */
export type GraphToFill = Pick<NetworkWithState, 'network' | 'fileNames'>;

export interface InspectRequest extends NetworkRequest {
  /** The only network that is meant, where it is a graph from an ONNX file. */
  readonly graph?: GraphToFill | undefined;
}

/** An ONNX file with weights, as a checkpoint. @throws InputError where it cannot be read, or has none */
export async function inspectOnnx(
  path: string,
  inputSize: number | undefined,
): Promise<{ file: InspectedFile; network: FileNetwork }> {
  const { read, stored } = await readOnnxCheckpoint(path, inputSize);
  const error = wrongNumbers(stored, path);
  if (error !== undefined) throw error;
  return { file: inspected(path, stored, read.sha256), network: read.network };
}

/** @throws InputError for a network that cannot be imported, or a checkpoint of a run that is not as it was written */
export async function inspectFile(
  path: string,
  { architecture, stateDict, graph }: InspectRequest,
): Promise<InspectedFile | Unusable> {
  const bytes = await readNamedWeights(path);
  let stored: StoredFile;
  try {
    stored = await parseWeights(bytes, path);
  } catch (error) {
    if (error instanceof InputError) return { error, isOther: error instanceof NoWeightsError };
    throw error;
  }
  let network: StoredNetwork;
  try {
    network =
      graph === undefined
        ? networkIn(stored, path, { stateDict })
        : graphStateIn(stored, graph.network, { path, stateDict, fileNames: graph.fileNames });
  } catch (error) {
    if (error instanceof InputError && !stored.dicts.some(hasConvolution)) return { error, isOther: true };
    throw error;
  }
  const error = wrongNumbers(network, path);
  if (error !== undefined) return { error, isOther: false };
  return inspected(path, calledBy(network, architecture), await sha256(bytes));
}

/** As the one of its twins that a person names. */
function calledBy(network: StoredNetwork, asked: NetworkName | undefined): StoredNetwork {
  if (isFileNetwork(network.architecture)) return network;
  const alike = [network.architecture, ...network.twins];
  const named = amongTwins(network.architecture, asked, alike);
  return { ...network, architecture: named, twins: alike.filter((name) => name !== named) };
}

function inspected(path: string, network: StoredNetwork, hash: string): InspectedFile {
  const { tensors, ...facts } = network;
  return { path, ...facts, sha256: hash, weightsDigest: digestOf(tensors), weights: weightsIn(network) };
}

/** Values that are not finite, or cannot be read. */
function wrongNumbers(network: StoredNetwork, path: string): InputError | undefined {
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
