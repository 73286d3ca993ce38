/** NumPy's scalars and arrays, of which nothing is made but views of the pickle's own bytes. */
import { BYTES_PER_ELEMENT, elementReader, type Dtype } from '../common/storedNumbers';
import { Callable, NumpyArray, Opaque, type Value } from './values';

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

/** NumPy 2 has renamed the module. */
const inCore = (name: string): string[] => [`numpy.core.${name}`, `numpy._core.${name}`];

/** For one file. */
export function numpyNames(): Callable[] {
  const bytesOf = createBytesOf();
  const fill = (array: Value, state: Value): void => fillArray(array, state, bytesOf);
  return [
    // A dtype is its name; what BUILD adds is the byte order, which is '<' or none of any machine of today.
    new Callable('numpy.dtype', ([name]) => new Map<Value, Value>([['dtype', textOf(name)]]), forgetIfBigEndian),
    ...inCore('multiarray.scalar').map(
      (name) => new Callable(name, ([dtype, bytes]) => scalar(dtype, bytesOf(bytes)) ?? new Opaque(name)),
    ),
    ...inCore('multiarray._reconstruct').map((name) => new Callable(name, () => new NumpyArray(name), fill)),
    // What protocol 5 writes: the bytes, the dtype, the shape and the order of the axes.
    ...inCore('numeric._frombuffer').map(
      (name) =>
        new Callable(name, ([bytes, dtype, shape, order]) => {
          const array = new NumpyArray(name);
          fill(array, [1, shape ?? null, dtype ?? null, order === 'F', bytes ?? null]);
          return array;
        }),
    ),
    // Bytes, as Python 3 writes them in protocol 2.
    new Callable('_codecs.encode', ([text, encoding]) =>
      encoding === 'latin1' ? (bytesOf(text) ?? null) : new Opaque('_codecs.encode'),
    ),
  ];
}

type BytesOf = (value: Value | undefined) => Uint8Array | undefined;

/** Python 2 writes bytes as text. A text that a file turns into bytes again and again is turned once. */
function createBytesOf(): BytesOf {
  const known = new Map<string, Uint8Array>();
  return (value) => {
    if (typeof value !== 'string') return value instanceof Uint8Array ? value : undefined;
    const bytes = known.get(value) ?? Buffer.from(value, 'latin1');
    known.set(value, bytes);
    return bytes;
  };
}

/** A name of a dtype's, which may be bytes. */
function textOf(name: Value | undefined): Value {
  return name instanceof Uint8Array ? Buffer.from(name).toString('latin1') : (name ?? null);
}

function forgetIfBigEndian(dtype: Value, state: Value): void {
  if (dtype instanceof Map && Array.isArray(state) && state[1] === '>') dtype.delete('dtype');
}

/** With what `BUILD` has of it: a version, the shape, the dtype, whether it lies by columns, and its bytes. */
function fillArray(array: Value, state: Value, bytesOf: BytesOf): void {
  const [, shape, dtype, byColumns, content] = Array.isArray(state) ? state : [];
  const type = typeOf(dtype);
  const bytes = bytesOf(content);
  if (!(array instanceof NumpyArray) || type === undefined || !Array.isArray(shape) || bytes === undefined) return;
  const axes = shape.map(Number);
  const isWhole = axes.reduce((product, length) => product * length, 1) * BYTES_PER_ELEMENT[type] === bytes.length;
  if (isWhole) array.content = { dtype: type, shape: axes, byColumns: byColumns === true, bytes };
}

/** Undefined for a number of another format, and for what is none. */
function scalar(dtype: Value | undefined, bytes: Uint8Array | undefined): Value | undefined {
  const type = typeOf(dtype);
  if (type === undefined || bytes === undefined) return undefined;
  return bytes.length === BYTES_PER_ELEMENT[type] ? elementReader(type, bytes)(0) : undefined;
}

function typeOf(dtype: Value | undefined): Dtype | undefined {
  const name = dtype instanceof Map ? dtype.get('dtype') : undefined;
  return typeof name === 'string' && Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
}
