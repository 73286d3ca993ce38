/** The weights in an ONNX file, as those of any other file. */
import { FILE_NETWORK } from '../architectures';
import { InputError } from '../common/errors';
import { readNetworkWithState, type NetworkWithState } from '../networks';
import type { StoredNetwork } from './network';
import type { StoredTensor } from './stored';

export interface OnnxCheckpoint {
  readonly read: NetworkWithState;
  readonly stored: StoredNetwork;
}

/**
 * @param inputSize pixels a side, where the file leaves them open
 * @throws InputError where it cannot be read, and where it is a graph without weights, as a run keeps it
 */
export async function readOnnxCheckpoint(path: string, inputSize?: number): Promise<OnnxCheckpoint> {
  const read = await readNetworkWithState(path, inputSize);
  const { state, metadata, normalization } = read;
  const { graph } = read.network.file;
  if (state === undefined) {
    throw new InputError('an ONNX graph without weights', {
      file: path,
      found: 'a graph as a run keeps it',
      expected: 'an ONNX file with its weights',
      advice: 'The weights of a run are in its checkpoints: name the run, or one of these.',
    });
  }
  const tensors = new Map<string, StoredTensor>();
  for (const { name, shape } of graph.tensors) {
    const data = state.get(name);
    if (data !== undefined) tensors.set(name, { shape, data });
  }
  const stored: StoredNetwork = {
    architecture: FILE_NETWORK,
    twins: [],
    classes: graph.classes,
    tensors,
    metadata: {
      ...metadata,
      inputSize: String(graph.inputSize),
      ...(normalization && { mean: normalization.mean.join(), std: normalization.std.join() }),
    },
    stateDict: undefined,
    leftOut: [],
    unknown: [],
  };
  return { read, stored };
}
