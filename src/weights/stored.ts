/** What any file of weights holds, whatever its format. */

export interface StoredTensor {
  readonly shape: readonly number[];
  /** Decoded when it is asked for, each time: a file may hold far more than anybody wants of it. */
  readonly data: Float32Array;
  /** Whether its numbers are of a format that is not read here: it may lie beside a network, and asking for them throws. */
  readonly isUnread?: boolean;
}

export type StoredTensors = ReadonlyMap<string, StoredTensor>;

/** A dict of tensors: a network's state dict, or another's, or a part of something else. */
export interface StoredDict {
  /** The keys that lead to it in the file, joined by dots; empty for what is the file itself. */
  readonly key: string;
  /** By the names of the file. */
  readonly tensors: StoredTensors;
  /** What the file says beside it, as text; what lies in a dict of arguments under `arguments.name`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Tensors in a row, without names. */
export interface StoredList {
  readonly key: string;
  readonly tensors: readonly StoredTensor[];
}

export interface StoredFile {
  /** In the file's order; at least one. */
  readonly dicts: readonly StoredDict[];
  /** Of averaged parameters, as torch_ema keeps them. */
  readonly lists?: readonly StoredList[] | undefined;
}
