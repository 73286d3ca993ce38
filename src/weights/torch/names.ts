/** The names that a file of PyTorch's may use, and what each stands for here. All others stand for opaque values. */
import { InputError } from '../../common/errors';
import type { Dtype } from '../numbers';
import { WrongArguments, type Names } from '../pickle/interpret';
import type { ByteReader } from '../pickle/reader';
import { Callable, Opaque, OpaqueStorage, Storage, StorageType, type Value } from '../pickle/values';
import { isHarmful } from './harmful';
import { numpyNames } from './numpyNames';
import { rebuildTensor } from './tensor';

const STORAGES: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

/** Bytes an element of the formats that are passed over. */
const OPAQUE_STORAGES: Readonly<Record<string, number>> = {
  UntypedStorage: 1,
  ComplexFloatStorage: 8,
  ComplexDoubleStorage: 16,
  QInt8Storage: 1,
  QUInt8Storage: 1,
  QInt32Storage: 4,
  QUInt4x2Storage: 1,
  QUInt2x4Storage: 1,
};

const ATTRIBUTES = { ignored: (): void => undefined };

function callable(name: string, call: Callable['call'], build?: Callable['build']): Callable {
  return new Callable(name, call, build);
}

const NAMES = new Map<string, Callable>(
  [
    // A state dict's `_metadata`, versions of modules, is an attribute of it.
    callable('collections.OrderedDict', dictOf, ATTRIBUTES.ignored),
    callable('collections.defaultdict', () => new Map(), ATTRIBUTES.ignored),
    callable('collections.Counter', dictOf, ATTRIBUTES.ignored),
    ...['dict', 'list', 'tuple', 'set', 'frozenset', 'int', 'float', 'str', 'bool'].flatMap((type) =>
      ['builtins', '__builtin__'].map((module) => callable(`${module}.${type}`, containerOf(type))),
    ),
    callable('torch._utils._rebuild_tensor', rebuildTensor),
    callable('torch._utils._rebuild_tensor_v2', rebuildTensor),
    callable('torch._utils._rebuild_parameter', first),
    callable('torch._utils._rebuild_parameter_with_state', first),
    callable('torch._tensor._rebuild_from_type_v2', rebuildFromType),
    callable('torch.Size', listOf),
    // What a script's arguments were, which timm keeps beside the weights.
    callable('argparse.Namespace', () => new Map(), setAttributes),
    callable('types.SimpleNamespace', () => new Map(), setAttributes),
    ...numpyNames,
  ].map((known) => [known.name, known]),
);

/** Those met so far, by key: two tensors of one storage must find the same. */
export type Storages = Map<string, Storage | OpaqueStorage>;

export function torchNames(file: string, storages: Storages): Names {
  return { find: (module, name, reader) => find(file, module, name, reader), persistent };

  function persistent(id: Value, reader: ByteReader): Storage | OpaqueStorage | Opaque {
    const [kind, type, key, , length] = Array.isArray(id) ? id : [];
    // The old format keeps the source text of a module's class beside it.
    if (kind === 'module' && type instanceof Opaque) return type;
    const made = kind === 'storage' && typeof key === 'string' && isCount(length) && storageOf(type, key, length);
    if (!made) throw reader.fail('not a pickle of tensors', 'something kept outside that is no storage');
    const known = storages.get(made.key);
    if (known === undefined) {
      storages.set(made.key, made);
      return made;
    }
    const [before, now] = [describeStorage(known), describeStorage(made)];
    if (before === now) return known;
    throw reader.fail('two storages of one name', now, before);
  }
}

function storageOf(type: Value | undefined, key: string, length: number): Storage | OpaqueStorage | undefined {
  if (type instanceof StorageType) return new Storage(key, type.dtype, length);
  const name = type instanceof Opaque ? type.name : '';
  const bytes = OPAQUE_STORAGES[name.replace(/^torch\.(storage\.)?/, '')];
  return bytes === undefined ? undefined : new OpaqueStorage(key, name, bytes * length);
}

function describeStorage(storage: Storage | OpaqueStorage): string {
  return storage instanceof Storage
    ? `${storage.dtype}, ${storage.length} elements`
    : `${storage.name}, ${storage.byteLength} bytes`;
}

function find(file: string, module: string, name: string, reader: ByteReader): Callable | Opaque | StorageType {
  const full = `${module}.${name}`;
  const known = NAMES.get(full);
  if (known !== undefined) return known;
  const dtype = module === 'torch' && Object.hasOwn(STORAGES, name) ? STORAGES[name] : undefined;
  if (dtype !== undefined) return new StorageType(dtype);
  if (!isHarmful(module, name)) return new Opaque(full);
  throw new InputError(notPlainText(full), {
    file,
    place: `byte ${reader.position}`,
    advice: 'No file of weights has need of it, and Python would run it: do not load this file there.',
  });
}

/** What is wrong with a file that has such a name where a tensor or a plain container is expected. */
export function notPlainText(name: string): string {
  return `${printableName(name)} is neither a tensor nor a plain container: the file was not run`;
}

/** A name of a pickle's, as it can be printed. */
function printableName(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 120);
}

/** `_rebuild_from_type_v2(function, type, arguments, attributes)`: a tensor of a subclass, or one with attributes. */
function rebuildFromType([make, , args]: readonly Value[]): Value {
  const isTensor = make instanceof Callable && make.name.startsWith('torch._utils._rebuild_tensor');
  if (isTensor && Array.isArray(args)) return make.call(args);
  if (make instanceof Callable) return new Opaque(make.name);
  if (make instanceof Opaque) return new Opaque(make.name);
  throw new WrongArguments('no function');
}

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function first([value]: readonly Value[]): Value {
  return value ?? null;
}

/** Of nothing, or of a list of pairs, or of a dict. */
function dictOf([entries]: readonly Value[]): Map<Value, Value> {
  if (entries === undefined) return new Map();
  if (entries instanceof Map) return new Map(entries);
  if (!Array.isArray(entries)) throw new WrongArguments('no list of pairs');
  return new Map(
    entries.map((pair): [Value, Value] => {
      const [key, value] = Array.isArray(pair) ? pair : [];
      if (key === undefined || value === undefined) throw new WrongArguments('no pair');
      return [key, value];
    }),
  );
}

function listOf([values]: readonly Value[]): Value[] {
  if (values === undefined) return [];
  if (!Array.isArray(values)) throw new WrongArguments('no list');
  return [...values];
}

function containerOf(type: string): Callable['call'] {
  if (type === 'dict') return dictOf;
  if (['list', 'tuple', 'set', 'frozenset'].includes(type)) return listOf;
  return first;
}

function setAttributes(made: Value, state: Value): void {
  if (made instanceof Map && state instanceof Map) for (const [key, value] of state) made.set(key, value);
}
