/** A computation as data: what `record.ts` makes, `savedModel.ts` writes and `session.ts` runs. */

/** TensorFlow's number of a type (TF_DataType). */
export type TypeNumber = number;
export const FLOAT32: TypeNumber = 1;
export const INT32: TypeNumber = 3;

/** TensorFlow's numbers of an attribute's type (TF_AttrType). */
export const [STRING, INTEGER, FLOAT, BOOLEAN, TYPE, SHAPE] = [0, 1, 2, 3, 4, 5] as const;

/** One of a node's outputs. */
export interface Output {
  /** The node's name. */
  readonly node: string;
  readonly index: number;
}

export type Node = Placeholder | Constant | Operation;

/** What is fed. */
export interface Placeholder {
  readonly kind: 'placeholder';
  readonly name: string;
  readonly type: TypeNumber;
  /** −1 for an axis of any size. */
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
  /** Of each output, when it was recorded. */
  readonly shapes: readonly (readonly number[])[];
  /** Of each output. */
  readonly types: readonly TypeNumber[];
  /** Names of nodes that must have been computed first, though nothing of them is needed. */
  readonly after?: readonly string[];
}

/** As tfjs-node gives it to its addon. */
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

export function attributeOf({ attributes }: Operation, name: string): Attribute['value'] | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

/** What is known of the shape of a node's output. */
export function shapesOf({ nodes }: Graph): (output: Output) => readonly number[] {
  const byName = new Map(nodes.map((node) => [node.name, node.kind === 'operation' ? node.shapes : [node.shape]]));
  return ({ node, index }) => byName.get(node)?.[index] as readonly number[];
}

/** Without what none of the outputs needs. */
export function pruned({ nodes, inputs, outputs }: Graph): Graph {
  const needed = new Set(outputs.map(({ node }) => node));
  const kept = nodes.toReversed().filter((node) => {
    if (!needed.has(node.name)) return node.kind === 'placeholder';
    if (node.kind === 'operation') for (const input of node.inputs) needed.add(input.node);
    return true;
  });
  return { nodes: kept.toReversed(), inputs, outputs };
}
