/** The names that a file of PyTorch's may use, and what each stands for here. Nothing else is known. */
import { InputError } from '../../../common/errors';
import type { Dtype } from '../numbers';
import { WrongArguments, type Names } from '../pickle/interpret';
import type { ByteReader } from '../pickle/reader';
import { Callable, Opaque, Storage, StorageType, type Value } from '../pickle/values';
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

const DTYPE = /^(float(16|32|64)|bfloat16|half|double|float|u?int(8|16|32|64)|long|int|short|bool)$/;
const ATTRIBUTES = { ignored: (): void => undefined };

function callable(name: string, call: Callable['call'], build?: Callable['build']): Callable {
  return new Callable(name, call, build);
}

const NAMES = new Map<string, Callable>(
  [
    // A state dict's `_metadata`, versions of modules, is an attribute of it.
    callable('collections.OrderedDict', dictOf, ATTRIBUTES.ignored),
    callable('collections.defaultdict', () => new Map()),
    callable('collections.Counter', dictOf),
    ...['dict', 'list', 'tuple', 'set', 'frozenset', 'int', 'float', 'str', 'bool'].flatMap((type) =>
      ['builtins', '__builtin__'].map((module) => callable(`${module}.${type}`, containerOf(type))),
    ),
    callable('torch._utils._rebuild_tensor', rebuildTensor),
    callable('torch._utils._rebuild_tensor_v2', rebuildTensor),
    callable('torch._utils._rebuild_parameter', first),
    callable('torch._utils._rebuild_parameter_with_state', first),
    callable('torch.Size', listOf),
    callable('torch.device', first),
    // What a script's arguments were, which timm keeps beside the weights.
    callable('argparse.Namespace', () => new Map(), setAttributes),
    ...numpyNames,
  ].map((known) => [known.name, known]),
);

/** @param storages those met so far, by key: two tensors of one storage must find the same. */
export function torchNames(file: string, storages: Map<string, Storage>): Names {
  return { find: (module, name, reader) => find(file, module, name, reader), persistent };

  function persistent(id: Value, reader: ByteReader): Storage {
    const [kind, type, key, , length] = Array.isArray(id) ? id : [];
    if (kind !== 'storage' || !(type instanceof StorageType) || typeof key !== 'string' || !isCount(length)) {
      throw reader.fail('not a pickle of tensors', 'something kept outside that is no storage');
    }
    const known = storages.get(key);
    if (known === undefined) {
      const storage = new Storage(key, type.dtype, length);
      storages.set(key, storage);
      return storage;
    }
    if (known.dtype === type.dtype && known.length === length) return known;
    throw reader.fail(
      'two storages of one name',
      `${type.dtype}, ${length} elements`,
      `${known.dtype}, ${known.length}`,
    );
  }
}

function find(file: string, module: string, name: string, reader: ByteReader): Callable | Opaque | StorageType {
  const full = `${module}.${name}`;
  const known = NAMES.get(full);
  if (known !== undefined) return known;
  const dtype = module === 'torch' && Object.hasOwn(STORAGES, name) ? STORAGES[name] : undefined;
  if (dtype !== undefined) return new StorageType(dtype);
  if (module === 'torch' && DTYPE.test(name)) return new Opaque(full);
  const called = full.replace(/[^\x21-\x7e]/g, '?').slice(0, 120);
  const isModel = /^[A-Z]/.test(name) && !module.startsWith('torch._');
  throw new InputError(`${called} is neither a tensor nor a plain container: the file was not run`, {
    file,
    place: `byte ${reader.position}`,
    advice: isModel
      ? 'If you trust it, load it in Python and save the weights alone: torch.save(model.state_dict(), "weights.pth").'
      : 'A file of weights has no need of it. If you know where it comes from, save its state dict alone.',
  });
}

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function first(args: readonly Value[]): Value {
  const [value] = args;
  if (value === undefined) throw new WrongArguments('nothing');
  return value;
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
