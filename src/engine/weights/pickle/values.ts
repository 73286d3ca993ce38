/** What a pickle may hold here: plain values, plain containers, and tensors. */
import type { Dtype } from '../numbers';

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

/** Something plain whose value nobody asks for, such as `torch.float32`. */
export class Opaque {
  constructor(readonly name: string) {}
}
