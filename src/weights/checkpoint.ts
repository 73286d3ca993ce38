/** Weights as files that timm, PyTorch and we read alike. */
import { InputError } from '../common/errors';
import type { TensorDeclaration } from '../architectures';
import type { Model } from '../models/model';
import { fromStateDict, toStateDict, type Weights } from '../models/weights';
import { readNamedWeights } from './file';
import { shapeText } from './names/notANetwork';
import { graphStateIn } from './graph/state';
import { ONNX_FILE } from '../networks';
import { networkIn, type StoredNetwork } from './network';
import { readOnnxCheckpoint } from './onnx';
import { parseWeights } from './parse';
import { serialiseSafetensors, type TensorToStore } from './safetensors';
import type { StoredFile, StoredTensor } from './stored';

/** A file of weights that a person names. */
export interface NamedWeights {
  readonly path: string;
  /** Which of several networks in the file is meant, by its key. */
  readonly stateDict?: string | undefined;
  /** Of a graph: see `GraphStateRequest`. */
  readonly fileNames?: ReadonlyMap<string, string> | undefined;
}

export interface Checkpoint {
  readonly weights: Weights;
  /** What the file holds of it, and says. */
  readonly network: StoredNetwork;
}

/**
 * The PyTorch state dict as a safetensors file, `num_batches_tracked` included, so that `load_state_dict(strict=True)`
 * takes it.
 */
export function serialiseCheckpoint(
  model: Model,
  weights: Weights,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  return serialiseSafetensors(checkpointTensors(model, weights), { ...metadata, architecture: model.network.name });
}

/** The PyTorch state dict, whole and in its order. */
export function checkpointTensors(model: Model, weights: Weights): TensorToStore[] {
  const state = toStateDict(model, weights);
  return model.tensors.map(({ name, shape }) => {
    const data = state.get(name) ?? BigInt64Array.of(BigInt(weights.batchCount));
    return { name, shape, data };
  });
}

/**
 * Reads weights for this model, of any format and under any names that are known, by a path that a person names.
 * `num_batches_tracked` may be absent, as older files lack it, and of any shape, as averaging leaves it.
 *
 * @throws InputError for a missing, misshapen or unexpected tensor, or one that is not finite; as `readNamedWeights`
 */
export async function readCheckpoint(named: NamedWeights, model: Model): Promise<Checkpoint> {
  if (ONNX_FILE.test(named.path) && model.network.file !== undefined) {
    const { stored } = await readOnnxCheckpoint(named.path, model.inputSize);
    return { weights: weightsOf(stored, named.path, model), network: stored };
  }
  return parseCheckpoint(await parseWeights(await readNamedWeights(named.path), named.path), named, model);
}

/** As {@link readCheckpoint}, from what a file holds. */
export function parseCheckpoint(file: StoredFile, named: NamedWeights, model: Model): Checkpoint {
  const network = storedNetworkOf(file, named, model);
  return { weights: weightsOf(network, named.path, model), network };
}

/** The network of the model's kind in a file, of any number of classes. @throws InputError where there is none */
export function storedNetworkOf(
  file: StoredFile,
  { path, stateDict, fileNames }: NamedWeights,
  { network }: Model,
): StoredNetwork {
  return network.file === undefined
    ? networkIn(file, path, { architecture: network.name, stateDict })
    : graphStateIn(file, network, { path, stateDict, fileNames });
}

/** @throws InputError for another number of classes than the model's, or for a value that is not finite */
export function weightsOf(network: StoredNetwork, path: string, model: Model): Weights {
  const state = new Map<string, Float32Array>();
  let batchCount = 0;
  for (const tensor of model.tensors) {
    const found = network.tensors.get(tensor.name);
    if (tensor.role === 'batchCount') batchCount = countIn(found);
    else if (found !== undefined) state.set(tensor.name, checkedData(found, tensor, path));
  }
  return fromStateDict(model, state, batchCount);
}

/** PyTorch's own reader takes the first of several; averages are fractions. Nothing that is computed here depends on it. */
function countIn(tensor: StoredTensor | undefined): number {
  const value = tensor?.data[0] ?? 0;
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER) : 0;
}

function checkedData({ shape, data }: StoredTensor, tensor: TensorDeclaration, file: string): Float32Array {
  const place = `tensor ${tensor.name}`;
  if (shapeText(shape) !== shapeText(tensor.shape)) {
    throw new InputError('a tensor of another shape', {
      file,
      place,
      found: shapeText(shape),
      expected: shapeText(tensor.shape),
    });
  }
  const error = notFiniteIn(data, place, file);
  if (error !== undefined) throw error;
  return data;
}

/** An error where a value of the network is not finite, as after a training that has diverged. */
export function notFinite({ tensors }: Pick<StoredNetwork, 'tensors'>, file: string): InputError | undefined {
  for (const [name, { data }] of tensors) {
    if (name.endsWith('.num_batches_tracked')) continue;
    const error = notFiniteIn(data, `tensor ${name}`, file);
    if (error !== undefined) return error;
  }
  return undefined;
}

function notFiniteIn(data: Float32Array, place: string, file: string): InputError | undefined {
  const wrong = firstNotFinite(data);
  if (wrong < 0) return undefined;
  return new InputError('a value that is not finite', {
    file,
    place: `${place}, element ${wrong}`,
    found: String(data[wrong]),
    expected: 'finite numbers',
  });
}

/** A loop, as a function called for each of millions of numbers takes ten times as long. */
function firstNotFinite(data: Float32Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}
