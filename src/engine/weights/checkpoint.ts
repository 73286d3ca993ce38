/** Weights as files that timm, PyTorch and we read alike. */
import { InputError } from '../../common/errors';
import type { TensorDeclaration } from '../../architectures';
import type { Model } from '../models/model';
import { fromStateDict, toStateDict, type Weights } from '../models/weights';
import { readNamedWeights } from './file';
import { underOwnNames } from './names/canonical';
import { parseWeights } from './parse';
import { serialiseSafetensors, type TensorToStore } from './safetensors';
import type { StoredState } from './stored';

export interface Checkpoint {
  readonly weights: Weights;
  readonly metadata: Readonly<Record<string, string>>;
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
  return serialiseSafetensors(checkpointTensors(model, weights), { ...metadata, architecture: model.architecture });
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
 * `num_batches_tracked` may be absent, as older files lack it.
 * @throws InputError for a missing, misshapen or unexpected tensor, or one that is not finite; as `readNamedWeights`
 */
export async function readCheckpoint(path: string, model: Model): Promise<Checkpoint> {
  return parseCheckpoint(await parseWeights(await readNamedWeights(path), path), path, model);
}

/** As {@link readCheckpoint}, from what a file holds. @param path for messages */
export function parseCheckpoint(file: StoredState, path: string, model: Model): Checkpoint {
  const stored = underOwnNames(file, model.architecture, model.tensors);
  checkNames(stored, model, path);
  const state = new Map<string, Float32Array>();
  let batchCount = 0;
  for (const tensor of model.tensors) {
    const data = checkedData(stored, tensor, model, path);
    if (data === undefined) continue;
    if (tensor.role === 'batchCount') batchCount = data[0] as number;
    else state.set(tensor.name, data);
  }
  return { weights: fromStateDict(model, state, batchCount), metadata: stored.metadata };
}

function checkNames(stored: StoredState, model: Model, file: string): void {
  const known = new Set(model.tensors.map(({ name }) => name));
  const unexpected = [...stored.tensors.keys()].filter((name) => !known.has(name));
  if (unexpected.length === 0) return;
  throw new InputError(`not weights of ${model.architecture}`, {
    file,
    place: `tensor ${unexpected[0]}`,
    found: `${unexpected.length} of ${stored.tensors.size} tensors that ${model.architecture} does not have`,
    expected: `names such as ${model.tensors[0]?.name}`,
  });
}

function checkedData(
  stored: StoredState,
  tensor: TensorDeclaration,
  model: Model,
  file: string,
): Float32Array | undefined {
  const place = `tensor ${tensor.name}`;
  const found = stored.tensors.get(tensor.name);
  if (found === undefined) {
    if (tensor.role === 'batchCount') return undefined;
    throw new InputError(`not weights of ${model.architecture}`, {
      file,
      place,
      found: 'no such tensor',
      expected: shapeText(tensor.shape),
    });
  }
  if (shapeText(found.shape) !== shapeText(tensor.shape)) {
    throw new InputError('a tensor of another shape', {
      file,
      place,
      found: shapeText(found.shape),
      expected: shapeText(tensor.shape),
    });
  }
  const { data } = found;
  const wrong = firstNotFinite(data);
  if (wrong >= 0) {
    throw new InputError('a value that is not finite', {
      file,
      place: `${place}, element ${wrong}`,
      found: String(data[wrong]),
      expected: 'finite numbers',
    });
  }
  return data;
}

/** A loop, as a function called for each of millions of numbers takes ten times as long. */
function firstNotFinite(data: Float32Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
