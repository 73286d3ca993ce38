/** A dict's tensors without what DataParallel, torch.compile and the like put into names, before them or within. */
import type { StoredTensor, StoredTensors } from '../stored';

/** Modules that hold another and are nothing themselves. No network here has one of such a name. */
const WRAPPERS = new Set([
  'module',
  '_orig_mod',
  '_fsdp_wrapped_module',
  '_checkpoint_wrapped_module',
  '_forward_module',
  '_module',
]);

/** A name of a tensor that a file means well with is shorter: what is longer is not taken apart. */
export const LONGEST_NAME = 400;

/** Names are as they are where two would get one. */
export function withoutWrappers(tensors: StoredTensors): StoredTensors {
  const tidy = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) tidy.set(tidyName(name), tensor);
  return weightNormed(pruned(tidy.size === tensors.size ? tidy : tensors));
}

const ORIGINAL = '_orig';

/** `torch.nn.utils.prune` keeps a weight as `weight_orig` and `weight_mask`, whose product is what the network has. */
function pruned(tensors: StoredTensors): StoredTensors {
  const names = [...tensors.keys()].filter((name) => name.endsWith(ORIGINAL));
  const masked = names.filter((name) => tensors.has(`${name.slice(0, -ORIGINAL.length)}_mask`));
  if (masked.length === 0) return tensors;
  const products = new Map(tensors);
  for (const name of masked) {
    const own = name.slice(0, -ORIGINAL.length);
    const [original, mask] = [tensors.get(name), tensors.get(`${own}_mask`)];
    if (original?.shape.join() !== mask?.shape.join() || original === undefined || mask === undefined) continue;
    products.delete(name);
    products.delete(`${own}_mask`);
    products.set(own, productOf(original, mask));
  }
  return products;
}

function productOf(original: StoredTensor, mask: StoredTensor): StoredTensor {
  return {
    shape: original.shape,
    get data() {
      const shares = mask.data;
      return original.data.map((value, index) => value * (shares[index] ?? 0));
    },
  };
}

/** `torch.nn.utils.weight_norm` keeps a weight as its lengths g and its directions v, old and new. */
const LENGTHS = /^(.*?)(?:([^.]+)_g|parametrizations\.([^.]+)\.original0)$/;

/** The weights g·v/‖v‖ in place of them (Salimans and Kingma 2016), ‖v‖ of each first index, as PyTorch's default has it. */
function weightNormed(tensors: StoredTensors): StoredTensors {
  let weights: Map<string, StoredTensor> | undefined;
  for (const [name, lengths] of tensors) {
    const [, module = '', old, parametrised] = (name.length <= LONGEST_NAME && LENGTHS.exec(name)) || [];
    const weight = old ?? parametrised;
    if (weight === undefined) continue;
    const other = old === undefined ? `${module}parametrizations.${weight}.original1` : `${module}${weight}_v`;
    const directions = tensors.get(other);
    const [first = 0, ...rest] = directions?.shape ?? [];
    if (directions === undefined || lengths.shape.join() !== [first, ...rest.map(() => 1)].join()) continue;
    weights ??= new Map(tensors);
    weights.delete(name);
    weights.delete(other);
    weights.set(module + weight, ofLengths(directions, lengths));
  }
  return weights ?? tensors;
}

function ofLengths(directions: StoredTensor, lengths: StoredTensor): StoredTensor {
  return {
    shape: directions.shape,
    get data() {
      const values = directions.data.slice();
      const size = values.length / lengths.data.length;
      for (const [row, length] of lengths.data.entries()) {
        const own = values.subarray(row * size, (row + 1) * size);
        const scale = length / Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
        for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) * scale;
      }
      return values;
    },
  };
}

function tidyName(name: string): string {
  if (name.length > LONGEST_NAME) return name;
  const parts = name.split('.');
  const kept = parts.filter((part) => !WRAPPERS.has(part));
  return kept.length === parts.length || kept.length === 0 ? name : kept.join('.');
}
