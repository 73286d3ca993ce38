/** The messages of an ONNX file that are read here (onnx.proto), with names of ours. */

export interface Model {
  readonly producer: string;
  /** By domain; the standard one is the empty text. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: GraphMessage;
  /** Names of functions that the file defines. */
  readonly functions: readonly string[];
}

export interface GraphMessage {
  readonly nodes: readonly NodeMessage[];
  readonly initialisers: readonly TensorMessage[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly hasSparseInitialisers: boolean;
}

export interface NodeMessage {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  /** Empty texts where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly metadata: ReadonlyMap<string, string>;
}

export type Attribute =
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'tensor'; readonly value: TensorMessage }
  /** Left as it is until it is wanted. */
  | { readonly type: 'graph'; readonly value: Uint8Array }
  | { readonly type: 'floats'; readonly value: readonly number[] }
  | { readonly type: 'integers'; readonly value: readonly number[] }
  | { readonly type: 'texts'; readonly value: readonly string[] }
  | { readonly type: 'other' };

export interface ValueInfo {
  readonly name: string;
  /** Of its elements: {@link DATA_TYPES}; undefined where none is said. */
  readonly dataType?: number | undefined;
  /** A number, or a name of what may be any; undefined where nothing is said. */
  readonly shape?: readonly (number | string)[] | undefined;
}

export interface TensorMessage {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dataType: number;
  /** As the file has it, in place. */
  readonly raw?: Uint8Array | undefined;
  /** `float_data`: 32 bits each, in place where it is packed. */
  readonly floats?: Uint8Array | readonly number[] | undefined;
  /** `int32_data`, `int64_data` and `uint64_data`. */
  readonly integers?: readonly number[] | undefined;
  readonly doubles?: readonly number[] | undefined;
  readonly external?: ReadonlyMap<string, string> | undefined;
}

/** TensorProto.DataType. */
export const DATA_TYPES = [
  'undefined',
  'float',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'double',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
] as const;

export type DataType = (typeof DATA_TYPES)[number];
