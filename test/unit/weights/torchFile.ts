/** Files as torch.save writes them, of plain values, tensors and objects, so that tests can say what is in them. */
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { checkpointTensors } from '../../../src/weights/checkpoint';
import type { ArchitectureName } from '../../../src/architectures';
import { bytesOf, long, PROTO, STOP, tensor, text, zipFile } from './builders';

/** A tensor of float32 or int64, contiguous. */
export class FileTensor {
  constructor(
    readonly shape: readonly number[],
    readonly data: Float32Array | BigInt64Array,
    /** Whether it has a Python attribute, which is pickled with it. */
    readonly attribute = false,
  ) {}
}

/** What Python makes by calling `module.name` with arguments, and what it then sets on it. */
export class FileObject {
  constructor(
    readonly module: string,
    readonly name: string,
    readonly args: readonly Pickled[] = [],
    readonly state?: Pickled,
    readonly items: { readonly [key: string]: Pickled } = {},
  ) {}
}

export type Pickled =
  null | boolean | number | string | readonly Pickled[] | FileTensor | FileObject | { readonly [key: string]: Pickled };

export type FileState = Record<string, FileTensor>;

/** Fresh weights of a seed under the architecture's own names, `num_batches_tracked` included. */
export function stateOf(seed: number, architecture: ArchitectureName = 'resnet20'): FileState {
  const model = createModel(architecture, 32, 10);
  const tensors = checkpointTensors(model, initialWeights(model, seed));
  return Object.fromEntries(tensors.map(({ name, shape, data }) => [name, new FileTensor(shape, data)]));
}

export function renamed(state: FileState, rename: (name: string) => string): FileState {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [rename(name), value]));
}

export function under(prefix: string, state: FileState): FileState {
  return renamed(state, (name) => prefix + name);
}

/** A zip archive, in protocol 2. */
export function torchFile(value: Pickled): Buffer {
  const storages: Uint8Array[] = [];
  const pickle = bytesOf(PROTO, pickled(value, storages), STOP);
  const entries = storages.map((data, key) => ({ name: `x/data/${key}`, data }));
  return zipFile([{ name: 'x/data.pkl', data: pickle }, ...entries]);
}

function pickled(value: Pickled, storages: Uint8Array[]): Buffer {
  const inner = (each: Pickled): Buffer => pickled(each, storages);
  if (value === null) return bytesOf('N');
  if (typeof value === 'boolean') return bytesOf(value ? '\x88' : '\x89');
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'string') return text(value);
  if (value instanceof FileTensor) return tensorOf(value, storages);
  if (value instanceof FileObject) {
    const { module, name, args, state, items } = value;
    const made = bytesOf(`c${module}\n${name}\n(`, ...args.map(inner), 'tR');
    const filled = Object.keys(items).length === 0 ? made : bytesOf(made, pairsOf(items, inner));
    return state === undefined ? filled : bytesOf(filled, inner(state), 'b');
  }
  if (Array.isArray(value)) return bytesOf('](', ...(value as readonly Pickled[]).map(inner), 'e');
  return bytesOf('}', pairsOf(value as Record<string, Pickled>, inner));
}

function pairsOf(dict: { readonly [key: string]: Pickled }, inner: (value: Pickled) => Buffer): Buffer {
  return bytesOf('(', ...Object.entries(dict).flatMap(([key, each]) => [text(key), inner(each)]), 'u');
}

function numberOf(value: number): Buffer {
  if (Number.isInteger(value)) return long(BigInt(value));
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytesOf('G', bytes);
}

function tensorOf({ shape, data, attribute }: FileTensor, storages: Uint8Array[]): Buffer {
  const key = String(storages.length);
  storages.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const plain = tensor({
    key,
    storage: data instanceof Float32Array ? 'FloatStorage' : 'LongStorage',
    length: BigInt(data.length),
    shape: shape.map(BigInt),
    strides: strides.map(BigInt),
  });
  if (!attribute) return plain;
  // The function, a mark, its arguments, their end, and its call: only the call is another.
  const [call, args] = [plain.subarray(0, plain.indexOf('(')), plain.subarray(plain.indexOf('('), -1)];
  return bytesOf(
    ...['ctorch._tensor\n_rebuild_from_type_v2\n', '(', call, 'ctorch\nTensor\n', args],
    ...['}', text('note'), text('pruned'), 's', 't', 'R'],
  );
}
