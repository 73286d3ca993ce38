/** What a pickle may hold here: plain values, plain containers, tensors, and in place of all else opaque values. */
import type { Dtype } from '../common/storedNumbers';

/** A tuple is told from a list only where that matters to nobody but the pickle. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Value[]
  | Map<Value, Value>
  | StorageType
  | Storage
  | OpaqueStorage
  | Tensor
  | Callable
  | Opaque;

/** `torch.FloatStorage` and its like. */
export class StorageType {
  constructor(readonly dtype: Dtype) {}
}

/** Numbers in a row, which tensors are views of. Where they lie is known at the latest when the pickle has ended. */
export class Storage {
  bytes: Uint8Array | undefined;

  constructor(
    readonly key: string,
    readonly dtype: Dtype,
    /** In elements. */
    readonly length: number,
  ) {}
}

/** Numbers of a format that is not read here, such as complex ones: passed over where they lie. */
export class OpaqueStorage {
  constructor(
    readonly key: string,
    /** Of its type, such as `torch.ComplexFloatStorage`. */
    readonly name: string,
    readonly byteLength: number,
  ) {}
}

/** A view of a storage: element [i, j, …] is the storage's at offset + i·strides[0] + j·strides[1] + …; checked. */
export class Tensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** One of the few functions that a pickle may call, of which each is ours. */
export class Callable {
  constructor(
    readonly name: string,
    readonly call: (args: readonly Value[]) => Value,
    /** What `BUILD` does to what the call made; without one it is refused. */
    readonly build?: (made: Value, state: Value) => void,
  ) {}
}

/**
 * Whatever is not understood: a name of the file's, or an object that Python would have made with it. Nothing of that name
 * is looked up or run, and of what it is made from nothing is kept but the entries of what Python would take for a dict.
 */
export class Opaque {
  entries: Map<Value, Value> | undefined;

  constructor(readonly name: string) {}
}

/** An array of NumPy's, whose content is known when the pickle has built it; undefined of a format that is not read. */
export class NumpyArray extends Opaque {
  content: NumpyContent | undefined;
}

export interface NumpyContent {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Whether the first axis varies fastest, as in Fortran. */
  readonly byColumns: boolean;
  /** Of exactly so many elements. */
  readonly bytes: Uint8Array;
}

/** Of a dict, or of an object that is used like one. */
export function entriesOf(value: Value | undefined): Map<Value, Value> | undefined {
  if (value instanceof Map) return value;
  return value instanceof Opaque ? value.entries : undefined;
}
