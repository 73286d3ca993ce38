/**
 * Constants that follow the length of a batch. It gets into them where a function writes a shape down, as gradients do to
 * give their input's shape back, or makes an array of zeros as long as the batch. Recorded with two lengths they show it
 * by numbers in the same proportion, and the graph can work them out from the batch that it is given.
 */
import { isDeepStrictEqual } from 'node:util';
import { INT32, type Constant, type Node, type Output, type Placeholder } from './graph';
import { bytesOf, INTEGERS, nodeMaker, typeAttribute, type NodeMaker } from './nodeMaker';

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
  const { nodes, integers, operation } = nodeMaker();
  const { name, type, shape } = batch;
  const made = { types: [INT32], attributes: [typeAttribute('T', type), typeAttribute('out_type', INT32)] };
  const sizes = operation(`${name}/shape`, 'Shape', [{ node: name, index: 0 }], { ...made, shapes: [[shape.length]] });
  const output = operation(
    `${name}/length`,
    'Slice',
    [sizes, integers(`${name}/begin`, [0]), integers(`${name}/size`, [1])],
    { types: [INT32], shapes: [[1]], attributes: [INTEGERS, typeAttribute('Index', INT32)] },
  );
  return { nodes, output, recorded };
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
  const values = [...integersIn(constant.content)];
  const each = countsEach([values, [...integersIn(other.content)]], length.recorded);
  if (each === undefined) return undefined;
  if (isShape && each.filter((count) => count > 0).length === 1) {
    const shape = values.map((value, index) => (each[index] === 0 ? value : -1));
    return [{ ...constant, content: bytesOf(Int32Array.from(shape)) }];
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
  made.operation(name, 'Fill', [dimensions, value], {
    types: [type],
    shapes: [shape],
    attributes: [typeAttribute('T', type), typeAttribute('index_type', INT32)],
  });
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
  { integers, operation }: NodeMaker,
  name: string,
  values: readonly number[],
  each: readonly number[],
  { output }: Length,
): Output {
  const made = { types: [INT32], shapes: [[values.length]], attributes: [INTEGERS] };
  const rest = integers(
    `${name}/rest`,
    values.map((value, index) => (each[index] === 0 ? value : 0)),
  );
  const product = operation(`${name}/product`, 'Mul', [output, integers(`${name}/each`, each)], made);
  return operation(name, 'AddV2', [rest, product], made);
}

/** Undefined where the items differ, or there is none. */
function repeatedItem({ shape, content }: Constant): Uint8Array | undefined {
  const size = content.length / shape.reduce((product, length) => product * length, 1);
  const isRepeated = Buffer.compare(content.subarray(size), content.subarray(0, -size)) === 0;
  return content.length > 0 && isRepeated ? content.slice(0, size) : undefined;
}

function integersIn({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT);
}
