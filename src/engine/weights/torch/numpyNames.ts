/** NumPy's scalars, as which accuracies and losses are often kept beside the weights. */
import { BYTES_PER_ELEMENT, elementReader, type Dtype } from '../numbers';
import { Callable, Opaque, type Value } from '../pickle/values';

const DTYPES: Readonly<Record<string, Dtype>> = {
  ...{ f8: 'F64', f4: 'F32', f2: 'F16', i8: 'I64', i4: 'I32', i2: 'I16', i1: 'I8', u1: 'U8', b1: 'BOOL' },
};

export const numpyNames: readonly Callable[] = [
  // A dtype is its name; what BUILD adds is the byte order, which is '<' or none of any machine of today.
  new Callable('numpy.dtype', ([name]) => new Map<Value, Value>([['dtype', name ?? null]]), forgetIfBigEndian),
  ...['numpy.core.multiarray.scalar', 'numpy._core.multiarray.scalar'].map(
    (name) => new Callable(name, (args) => scalar(args) ?? new Opaque(name)),
  ),
  // Bytes, as protocol 2 has them.
  new Callable('_codecs.encode', ([text, encoding]) =>
    typeof text === 'string' && encoding === 'latin1'
      ? Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff)
      : new Opaque('_codecs.encode'),
  ),
];

function forgetIfBigEndian(dtype: Value, state: Value): void {
  if (dtype instanceof Map && Array.isArray(state) && state[1] === '>') dtype.delete('dtype');
}

/** Undefined for a number of another format, and for what is none. */
function scalar([dtype, bytes]: readonly Value[]): Value | undefined {
  const name = dtype instanceof Map ? dtype.get('dtype') : undefined;
  const type = typeof name === 'string' && Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
  if (type === undefined || !(bytes instanceof Uint8Array)) return undefined;
  return bytes.length === BYTES_PER_ELEMENT[type] ? elementReader(type, bytes)(0) : undefined;
}
