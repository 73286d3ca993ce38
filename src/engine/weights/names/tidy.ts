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

/** As they are where two would get one name. */
export function withoutWrappers(tensors: StoredTensors): StoredTensors {
  const tidy = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) tidy.set(tidyName(name), tensor);
  return tidy.size === tensors.size ? tidy : tensors;
}

function tidyName(name: string): string {
  const parts = name.split('.');
  const kept = parts.filter((part) => !WRAPPERS.has(part));
  return kept.length === parts.length || kept.length === 0 ? name : kept.join('.');
}
