/** A computation as data: what `record.ts` makes, `savedModel.ts` writes and `session.ts` runs. */

/** TensorFlow's number of a type: 1 is float32, 3 is int32, 10 is bool. */
export type TypeNumber = number;

/** One of a node's outputs. */
export interface Output {
  readonly node: Node;
  readonly index: number;
}

export type Node = Placeholder | Constant | Operation;

/** What is fed. */
export interface Placeholder {
  readonly kind: 'placeholder';
  readonly name: string;
  readonly type: TypeNumber;
  readonly shape: readonly number[];
}

export interface Constant {
  readonly kind: 'constant';
  readonly name: string;
  readonly type: TypeNumber;
  readonly shape: readonly number[];
  /** Little-endian, row by row. */
  readonly content: Uint8Array;
}

export interface Operation {
  readonly kind: 'operation';
  readonly name: string;
  /** Such as "Conv2D". */
  readonly op: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly Output[];
}

/** As tfjs-node gives it to its addon: `type` is a number of TensorFlow's TF_AttrType. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: AttributeValue | readonly AttributeValue[];
}

export type AttributeValue = string | number | boolean;

export interface Graph {
  /** In an order in which each follows its inputs. */
  readonly nodes: readonly Node[];
  readonly inputs: readonly Placeholder[];
  readonly outputs: readonly Output[];
}
