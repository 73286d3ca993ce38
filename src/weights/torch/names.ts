/** The names that a file of PyTorch's may use, and what each stands for here. All others stand for opaque values. */
import type { Dtype } from '../../common/storedNumbers';
import { WrongArguments, type Names } from '../../pickle/machine';
import type { ByteReader } from '../../pickle/reader';
import { Callable, Opaque, OpaqueStorage, Storage, StorageType, type Value } from '../../pickle/values';
import { listOf, plainNames } from '../../pickle/names';
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

/** Beside plain containers and numbers. */
const OF_TORCH: readonly Callable[] = [
  new Callable('torch._utils._rebuild_tensor', rebuildTensor),
  new Callable('torch._utils._rebuild_tensor_v2', rebuildTensor),
  new Callable('torch._utils._rebuild_parameter', ([tensor]) => tensor ?? null),
  new Callable('torch._utils._rebuild_parameter_with_state', ([tensor]) => tensor ?? null),
  new Callable('torch._tensor._rebuild_from_type_v2', rebuildFromType),
  new Callable('torch.Size', listOf),
  // What a script's arguments were, which timm keeps beside the weights.
  new Callable('argparse.Namespace', () => new Map(), setAttributes),
  new Callable('types.SimpleNamespace', () => new Map(), setAttributes),
];

/** Those met so far, by key: two tensors of one storage must find the same. */
export type Storages = Map<string, Storage | OpaqueStorage>;

export function torchNames(storages: Storages): Names {
  const findPlain = plainNames(OF_TORCH);
  return { find, persistent };

  function find(module: string, name: string, reader: ByteReader): Callable | Opaque | StorageType {
    const dtype = module === 'torch' && Object.hasOwn(STORAGES, name) ? STORAGES[name] : undefined;
    return dtype === undefined ? findPlain(module, name, reader) : new StorageType(dtype);
  }

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

function setAttributes(made: Value, state: Value): void {
  if (made instanceof Map && state instanceof Map) for (const [key, value] of state) made.set(key, value);
}
