/** Nodes of a graph that were not recorded, but come in the place of some that were. */
import { FLOAT32, INT32, INTEGER, TYPE, type Attribute, type Node, type Operation, type Output } from './graph';

/** Types of what an operation takes, under the names that most operations have for them. */
export const FLOATS: Attribute = { name: 'T', type: TYPE, value: FLOAT32 };
export const INTEGERS: Attribute = { name: 'T', type: TYPE, value: INT32 };

export function typeAttribute(name: string, value: number): Attribute {
  return { name, type: TYPE, value };
}

export function countAttribute(name: string, value: number): Attribute {
  return { name, type: INTEGER, value };
}

type Made = Partial<Pick<Operation, 'attributes' | 'types' | 'after'>> & Pick<Operation, 'shapes'>;

export type NodeMaker = ReturnType<typeof nodeMaker>;

/** The nodes in the order in which they are made, each of which gives its first output. */
export function nodeMaker() {
  const nodes: Node[] = [];

  function add(node: Node): Output {
    nodes.push(node);
    return { node: node.name, index: 0 };
  }

  /** An int32 constant of one axis; of none where the value is a number. */
  function integers(name: string, value: number | readonly number[]): Output {
    const [shape, values] = typeof value === 'number' ? [[], [value]] : [[value.length], value];
    return add({ kind: 'constant', name, type: INT32, shape, content: bytesOf(Int32Array.from(values)) });
  }

  /** A float32 constant; without axes where no shape is given. */
  function floats(name: string, values: readonly number[], shape: readonly number[] = []): Output {
    return add({ kind: 'constant', name, type: FLOAT32, shape, content: bytesOf(Float32Array.from(values)) });
  }

  /** On float32 where nothing else is said. */
  function operation(name: string, op: string, inputs: readonly Output[], made: Made): Output {
    const { shapes, types = shapes.map(() => FLOAT32), attributes = [FLOATS], after = [] } = made;
    return add({ kind: 'operation', name, op, inputs, attributes, shapes, types, after });
  }

  return { nodes, add, integers, floats, operation };
}

export function bytesOf({ buffer }: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(buffer);
}
