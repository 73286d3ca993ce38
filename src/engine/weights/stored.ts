/** What any file of weights holds, whatever its format. */

export interface StoredTensor {
  readonly shape: readonly number[];
  /** Decoded when it is asked for, each time: a file may hold far more than anybody wants of it. */
  readonly data: Float32Array;
}

export interface StoredState {
  /** By the names of the file. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What else the file says, as text. */
  readonly metadata: Readonly<Record<string, string>>;
}
