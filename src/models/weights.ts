import type { TensorDeclaration } from '../architectures';
import { createRandom } from '../common/random';
import { toTensorflowOrder, toTorchOrder } from './layout';
import type { Model } from './model';

/** A model's weights outside any engine, in the order of {@link Model}'s slots and TensorFlow's layout. */
export interface Weights {
  /** [parameterCount] */
  readonly parameters: Float32Array;
  /** [statisticsCount] */
  readonly means: Float32Array;
  /** [statisticsCount], unbiased */
  readonly variances: Float32Array;
  /** PyTorch's `num_batches_tracked`. */
  readonly batchCount: number;
}

/** Values by the names of the PyTorch state dict, in PyTorch's layout, without `num_batches_tracked`. */
export type StateDict = ReadonlyMap<string, Float32Array>;

/** Fresh weights: every draw comes from the seed and the tensor's name, so that the order of tensors plays no part. */
export function initialWeights(model: Model, seed: number): Weights {
  return fromStateDict(model, initialState(model, seed), 0);
}

/** The same as a state dict, of some tensors or of all. */
export function initialState(
  model: Model,
  seed: number,
  isWanted: (tensor: TensorDeclaration) => boolean = () => true,
): StateDict {
  const { initialise } = model.network.architecture;
  const state = new Map<string, Float32Array>();
  for (const tensor of model.tensors) {
    if (tensor.role === 'batchCount' || !isWanted(tensor)) continue;
    const data = new Float32Array(tensor.shape.reduce((a, b) => a * b, 1));
    const initialiser = initialise(tensor);
    const random = createRandom('initialise', seed, tensor.name);
    if (initialiser.kind === 'constant') data.fill(initialiser.value);
    else if (initialiser.kind === 'normal') fill(data, () => initialiser.standardDeviation * random.normal());
    else fill(data, () => initialiser.bound * (2 * random.uniform() - 1));
    state.set(tensor.name, data);
  }
  return state;
}

function fill(data: Float32Array, draw: () => number): void {
  for (let i = 0; i < data.length; i++) data[i] = draw();
}

/** The state dict must be complete and of the right shapes: whoever reads it from a file has checked that. */
export function fromStateDict(model: Model, state: StateDict, batchCount: number): Weights {
  const take = (name: string): Float32Array => {
    const data = state.get(name);
    if (data === undefined) throw new Error(`state dict without ${name}`);
    return data;
  };
  return {
    parameters: parametersOf(model, take),
    means: concatenate(model.statistics.map(({ module }) => take(`${module}.running_mean`))),
    variances: concatenate(model.statistics.map(({ module }) => take(`${module}.running_var`))),
    batchCount,
  };
}

/** Each goes to its place at once: there are tens of megabytes of them. */
function parametersOf(model: Model, take: (name: string) => Float32Array): Float32Array {
  const parameters = new Float32Array(model.parameterCount);
  let offset = 0;
  for (const { tensor, length } of model.parameters) {
    toTensorflowOrder(tensor, take(tensor.name), parameters.subarray(offset, offset + length));
    offset += length;
  }
  return parameters;
}

/** The weights under PyTorch's names and in its layout, in the state dict's order. */
export function toStateDict(model: Model, weights: Weights): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  let offset = 0;
  for (const { tensor, length } of model.parameters) {
    values.set(tensor.name, toTorchOrder(tensor, weights.parameters.subarray(offset, offset + length)));
    offset += length;
  }
  offset = 0;
  for (const { module, length } of model.statistics) {
    values.set(`${module}.running_mean`, weights.means.subarray(offset, offset + length));
    values.set(`${module}.running_var`, weights.variances.subarray(offset, offset + length));
    offset += length;
  }
  const ordered = new Map<string, Float32Array>();
  for (const { name, role } of model.tensors) {
    if (role !== 'batchCount') ordered.set(name, values.get(name) as Float32Array);
  }
  return ordered;
}

export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}
