/** A file's tensors under the architecture's own names: wrappers' prefixes taken off, others' names replaced. */
import type { ArchitectureName, TensorDeclaration } from '../../../architectures';
import type { StoredState, StoredTensor } from '../stored';
import { NAMINGS } from './namings';

type Tensors = StoredState['tensors'];

/** What DataParallel, torch.compile, Lightning and the like put before every name. */
const PREFIXES = ['module.', 'model.', '_orig_mod.', 'net.', 'network.'];
/** What an averaged model counts beside its weights. */
const COUNTERS = new Set(['n_averaged']);

export function withoutPrefixes(tensors: Tensors): Tensors {
  let entries = [...tensors].filter(([name]) => !COUNTERS.has(name));
  for (;;) {
    const prefix = PREFIXES.find((each) => entries.length > 0 && entries.every(([name]) => name.startsWith(each)));
    if (prefix === undefined) return new Map(entries);
    entries = entries.map(([name, tensor]) => [name.slice(prefix.length), tensor]);
  }
}

/**
 * Under the names of `declared`, where a naming that is known explains all of the file's; else as they are, for whoever
 * checks them to say what is wrong.
 */
export function underOwnNames(
  stored: StoredState,
  architecture: ArchitectureName,
  declared: readonly TensorDeclaration[],
): StoredState {
  const tensors = withoutPrefixes(stored.tensors);
  const own = new Set(declared.map(({ name }) => name));
  if ([...tensors.keys()].every((name) => own.has(name))) return { ...stored, tensors };
  for (const { architectures, rename } of NAMINGS) {
    if (!architectures.includes(architecture)) continue;
    const ownByOther = new Map(declared.map(({ name }) => [rename(name), name]));
    const renamed = new Map<string, StoredTensor>();
    for (const [name, tensor] of tensors) renamed.set(ownByOther.get(name) ?? '', tensor);
    if (!renamed.has('')) return { ...stored, tensors: renamed };
  }
  return { ...stored, tensors };
}
