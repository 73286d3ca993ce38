/**
 * Constants that follow the length of a batch. It gets into them where a function writes a shape down, as gradients do to
 * give their input's shape back, or makes an array of zeros as long as the batch. Recorded with two lengths they show it
 * by numbers in the same proportion, and the graph can work them out from the batch that it is given.
 */
import { isDeepStrictEqual } from 'node:util';
import { INT32, TYPE, type Attribute, type Constant, type Node, type Output, type Placeholder } from './graph';

/** Of the shorter batch, and of the longer. */
export type Recorded<T> = readonly [T, T];

export interface Length {
  /** Those that compute it. */
  readonly nodes: readonly Node[];
  /** int32 [1] */
  readonly output: Output;
  readonly recorded: Recorded<number>;
}

/** @param batch an input of which the first axis has the length */
export function lengthOf(batch: Placeholder, recorded: Recorded<number>): Length {
  const { nodes, constant, operation } = nodeMaker();
  const { name, type, shape } = batch;
  const ofBatch = [
    { name: 'T', type: TYPE, value: type },
    { name: 'out_type', type: TYPE, value: INT32 },
  ];
  const sizes = operation(`${name}/shape`, 'Shape', [{ node: name, index: 0 }], [shape.length], ofBatch);
  const first = [sizes, constant(`${name}/begin`, [0]), constant(`${name}/size`, [1])];
  const attributes = [INTEGERS, { name: 'Index', type: TYPE, value: INT32 }];
  return { nodes, output: operation(`${name}/length`, 'Slice', first, [1], attributes), recorded };
}

/**
 * @param isShape whether it only says what shape something gets
 * @returns nodes in the constant's place, the last under its name; undefined where it follows no length
 */
export function followLength(constants: Recorded<Constant>, length: Length, isShape: boolean): Node[] | undefined {
  const [{ type, shape }, other] = constants;
  if (type !== other.type || shape.length !== other.shape.length) return undefined;
  const isVector = type === INT32 && shape.length === 1 && shape[0] === other.shape[0];
  return isVector ? numbers(constants, length, isShape) : repetitions(constants, length);
}

/** Such as a shape: int32, of one axis. */
function numbers([constant, other]: Recorded<Constant>, length: Length, isShape: boolean): Node[] | undefined {
  const values = [...integers(constant.content)];
  const each = countsEach([values, [...integers(other.content)]], length.recorded);
  if (each === undefined) return undefined;
  if (isShape && each.filter((count) => count > 0).length === 1) {
    const shape = values.map((value, index) => (each[index] === 0 ? value : -1));
    return [{ ...constant, content: bytesOf(shape) }];
  }
  const made = nodeMaker();
  followingNumbers(made, constant.name, values, each, length);
  return made.nodes;
}

/** Of one number again and again. */
function repetitions([constant, other]: Recorded<Constant>, length: Length): Node[] | undefined {
  const each = countsEach([constant.shape, other.shape], length.recorded);
  const [item, otherItem] = [repeatedItem(constant), repeatedItem(other)];
  if (each === undefined || item === undefined || !isDeepStrictEqual(item, otherItem)) return undefined;
  const { name, type, shape } = constant;
  const made = nodeMaker();
  const value = made.add({ kind: 'constant', name: `${name}/value`, type, shape: [], content: item });
  const dimensions = followingNumbers(made, `${name}/shape`, shape, each, length);
  const attributes = [{ name: 'T', type: TYPE, value: type }, INDICES];
  made.operation(name, 'Fill', [dimensions, value], shape, attributes);
  return made.nodes;
}

/** How often each number has the length in it, which may be not at all; undefined where one changes in another way. */
function countsEach([values, others]: Recorded<readonly number[]>, [short, long]: Recorded<number>) {
  const counts = values.map((value, index) => {
    if (value === others[index]) return 0;
    return value % short === 0 && others[index] === (value / short) * long ? value / short : undefined;
  });
  return counts.every((count) => count !== undefined) ? counts : undefined;
}

function followingNumbers(
  { constant, operation }: NodeMaker,
  name: string,
  values: readonly number[],
  each: readonly number[],
  { output }: Length,
): Output {
  const rest = constant(
    `${name}/rest`,
    values.map((value, index) => (each[index] === 0 ? value : 0)),
  );
  const product = operation(
    `${name}/product`,
    'Mul',
    [output, constant(`${name}/each`, each)],
    [values.length],
    [INTEGERS],
  );
  return operation(name, 'AddV2', [rest, product], [values.length], [INTEGERS]);
}

/** Undefined where the items differ, or there is none. */
function repeatedItem({ shape, content }: Constant): Uint8Array | undefined {
  const size = content.length / shape.reduce((product, length) => product * length, 1);
  const isRepeated = Buffer.compare(content.subarray(size), content.subarray(0, -size)) === 0;
  return content.length > 0 && isRepeated ? content.slice(0, size) : undefined;
}

const INTEGERS: Attribute = { name: 'T', type: TYPE, value: INT32 };
const INDICES: Attribute = { name: 'index_type', type: TYPE, value: INT32 };

type NodeMaker = ReturnType<typeof nodeMaker>;

function nodeMaker() {
  const nodes: Node[] = [];
  const add = (node: Node): Output => {
    nodes.push(node);
    return { node: node.name, index: 0 };
  };
  return {
    nodes,
    add,
    constant: (name: string, values: readonly number[]): Output =>
      add({ kind: 'constant', name, type: INT32, shape: [values.length], content: bytesOf(values) }),
    operation: (
      name: string,
      op: string,
      inputs: readonly Output[],
      shape: readonly number[],
      attributes: readonly Attribute[],
    ): Output => add({ kind: 'operation', name, op, inputs, attributes, shapes: [shape] }),
  };
}

function integers({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT);
}

function bytesOf(values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}
