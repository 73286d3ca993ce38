/** Networks whose classifier was saved as a dict of its own beside the rest: `{"encoder": …, "classifier": …}`. */
import type { StoredDict, StoredFile } from '../stored';

const MATRIX_AXES = 2;
/** Of a backbone, at least. */
const FEWEST_TENSORS = 20;

/**
 * Each large dict with the only linear layer that lies beside it in the file.
 * @returns undefined where there is none, or several and nothing says which one is meant
 */
export function withHeads({ dicts, lists }: StoredFile): StoredFile | undefined {
  const heads = dicts.filter(isHead);
  const [head, ...others] = heads;
  if (head === undefined || others.length > 0) return undefined;
  const name = head.key.slice(head.key.lastIndexOf('.') + 1);
  const layer = [...head.tensors].map(([own, tensor]) => [`${name}.${own}`, tensor] as const);
  const joined = dicts.map((dict) =>
    dict.tensors.size >= FEWEST_TENSORS ? { ...dict, tensors: new Map([...dict.tensors, ...layer]) } : dict,
  );
  return { dicts: joined.filter((dict) => dict !== head), lists };
}

/** A weight and a bias, and nothing else. */
function isHead({ tensors }: StoredDict): boolean {
  const names = [...tensors.keys()];
  const weight = names.find((name) => /(^|\.)weight$/.test(name)) ?? '';
  const isLinear = tensors.get(weight)?.shape.length === MATRIX_AXES;
  return isLinear && names.length === 2 && tensors.has(weight.replace(/weight$/, 'bias'));
}
