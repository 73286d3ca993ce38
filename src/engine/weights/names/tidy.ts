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
  return pruned(tidy.size === tensors.size ? tidy : tensors);
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

function tidyName(name: string): string {
  if (name.length > LONGEST_NAME) return name;
  const parts = name.split('.');
  const kept = parts.filter((part) => !WRAPPERS.has(part));
  return kept.length === parts.length || kept.length === 0 ? name : kept.join('.');
}
