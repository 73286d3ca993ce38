/** NumPy's scalars and short arrays, as which accuracies, losses and mean colours are often kept beside the weights. */
import { BYTES_PER_ELEMENT, elementReader, type Dtype } from '../numbers';
import { Callable, NumpyArray, Opaque, type Value } from '../pickle/values';

const DTYPES: Readonly<Record<string, Dtype>> = {
  f8: 'F64',
  f4: 'F32',
  f2: 'F16',
  i8: 'I64',
  i4: 'I32',
  i2: 'I16',
  i1: 'I8',
  u1: 'U8',
  b1: 'BOOL',
};

export const numpyNames: readonly Callable[] = [
  // A dtype is its name; what BUILD adds is the byte order, which is '<' or none of any machine of today.
  new Callable('numpy.dtype', ([name]) => new Map<Value, Value>([['dtype', name ?? null]]), forgetIfBigEndian),
  ...['numpy.core.multiarray.scalar', 'numpy._core.multiarray.scalar'].map(
    (name) => new Callable(name, (args) => scalar(args) ?? new Opaque(name)),
  ),
  ...['numpy.core.multiarray._reconstruct', 'numpy._core.multiarray._reconstruct'].map(
    (name) => new Callable(name, () => new NumpyArray(name), fillArray),
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

/** Arrays of more elements are no facts of a training. */
const MOST_ELEMENTS = 16;

/** With what `BUILD` has of it: a version, the shape, the dtype, the order of its axes, and its bytes. */
function fillArray(array: Value, state: Value): void {
  const [, shape, dtype, , bytes] = Array.isArray(state) ? state : [];
  const type = typeOf(dtype);
  if (!(array instanceof NumpyArray) || type === undefined || !Array.isArray(shape) || !(bytes instanceof Uint8Array))
    return;
  const count = bytes.length / BYTES_PER_ELEMENT[type];
  const isWhole = shape.reduce((product: number, length) => product * Number(length), 1) === count;
  if (!isWhole || count > MOST_ELEMENTS) return;
  array.numbers = Array.from({ length: count }, (_, at) => elementReader(type, bytes)(at));
}

/** Undefined for a number of another format, and for what is none. */
function scalar([dtype, bytes]: readonly Value[]): Value | undefined {
  const type = typeOf(dtype);
  if (type === undefined || !(bytes instanceof Uint8Array)) return undefined;
  return bytes.length === BYTES_PER_ELEMENT[type] ? elementReader(type, bytes)(0) : undefined;
}

function typeOf(dtype: Value | undefined): Dtype | undefined {
  const name = dtype instanceof Map ? dtype.get('dtype') : undefined;
  return typeof name === 'string' && Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
}
