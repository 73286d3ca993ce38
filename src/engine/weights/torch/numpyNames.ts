/** NumPy's scalars, as which accuracies and losses are often kept beside the weights. */
import { BYTES_PER_ELEMENT, elementReader, type Dtype } from '../numbers';
import { WrongArguments } from '../pickle/interpret';
import { Callable, type Value } from '../pickle/values';

const DTYPES: Readonly<Record<string, Dtype>> = {
  ...{ f8: 'F64', f4: 'F32', f2: 'F16', i8: 'I64', i4: 'I32', i2: 'I16', i1: 'I8', u1: 'U8', b1: 'BOOL' },
};

export const numpyNames: readonly Callable[] = [
  // A dtype is its name; what BUILD adds is the byte order, which is '<' or none of any machine of today.
  new Callable('numpy.dtype', ([name]) => new Map<Value, Value>([['dtype', name ?? null]]), refuseBigEndian),
  ...['numpy.core.multiarray.scalar', 'numpy._core.multiarray.scalar'].map((name) => new Callable(name, scalar)),
  new Callable('_codecs.encode', ([text, encoding]) => {
    if (typeof text !== 'string' || encoding !== 'latin1') throw new WrongArguments('no latin1 text');
    return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
  }),
];

function refuseBigEndian(_: Value, state: Value): void {
  if (Array.isArray(state) && state[1] === '>') throw new WrongArguments('numbers in big-endian order');
}

function scalar([dtype, bytes]: readonly Value[]): Value {
  const name = dtype instanceof Map ? dtype.get('dtype') : undefined;
  const type = typeof name === 'string' && Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
  if (type === undefined || !(bytes instanceof Uint8Array)) throw new WrongArguments('no number of a known format');
  if (bytes.length !== BYTES_PER_ELEMENT[type]) throw new WrongArguments(`${bytes.length} bytes`);
  return elementReader(type, bytes)(0);
}
