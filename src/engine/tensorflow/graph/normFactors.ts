/**
 * What batch norm with given statistics does to a channel: s·x + b with s = γ/√(σ² + ε) and b = β − s·μ. Those of many
 * batch norms are computed side by side in one vector: for each alone, as they were written down, it takes longer to call
 * the operations than to compute.
 */
import { attributeOf, INT32, type Graph, type Node, type Operation, type Output } from './graph';
import { countAttribute, FLOATS, nodeMaker, typeAttribute } from './nodeMaker';

export interface NormFactors {
  /** float32, [channels] */
  readonly scale: Output;
  readonly bias: Output;
  /** To be put before the norm: what computes them, if it is the first of those that are computed together. */
  readonly nodes: readonly Node[];
}

/** @param norms of the graph, FusedBatchNorm operations with given statistics, in the graph's order */
export function normFactors(graph: Graph, norms: readonly Operation[]): Map<Node, NormFactors> {
  const factors = new Map<Node, NormFactors>();
  for (const group of computableTogether(graph, norms)) {
    const { scale, bias, nodes } = factorsTogether(group);
    group.forEach((norm, index) => {
      factors.set(norm, { scale: { ...scale, index }, bias: { ...bias, index }, nodes: index === 0 ? nodes : [] });
    });
  }
  return factors;
}

/** Neighbours of the same ε for which everything is there before the first of them. */
function computableTogether({ nodes }: Graph, norms: readonly Operation[]): Operation[][] {
  const position = new Map(nodes.map(({ name }, index) => [name, index]));
  const positionOf = (name: string): number => position.get(name) as number;
  const groups: Operation[][] = [];
  for (const norm of norms) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const isTogether =
      first !== undefined &&
      attributeOf(first, 'epsilon') === attributeOf(norm, 'epsilon') &&
      norm.inputs.slice(1).every(({ node }) => positionOf(node) < positionOf(first.name));
    if (isTogether) group?.push(norm);
    else groups.push([norm]);
  }
  return groups;
}

/** @returns the operations of which the outputs are the factors of each norm */
function factorsTogether(norms: readonly Operation[]): NormFactors {
  const { nodes, floats, integers, operation } = nodeMaker();
  const [first] = norms as [Operation];
  const within = (name: string): string => `${first.name}/${name}`;
  const lengths = norms.map(({ shapes }) => shapes[0]?.at(-1) as number);
  const total = { shapes: [[lengths.reduce((sum, length) => sum + length, 0)]] };
  const axis = integers(within('axis'), 0);
  const cuts = integers(within('lengths'), lengths);

  function joined(name: string, input: number): Output {
    const values = norms.map(({ inputs }) => inputs[input] as Output);
    // Of one there is nothing to join, which TensorFlow refuses.
    if (values.length === 1) return values[0] as Output;
    const attributes = [countAttribute('N', values.length), FLOATS, typeAttribute('Tidx', INT32)];
    return operation(within(name), 'ConcatV2', [...values, axis], { ...total, attributes });
  }

  function cut(name: string, vector: Output): Output {
    const attributes = [countAttribute('num_split', lengths.length), FLOATS, typeAttribute('Tlen', INT32)];
    return operation(within(name), 'SplitV', [vector, cuts, axis], {
      attributes,
      shapes: lengths.map((length) => [length]),
    });
  }

  const epsilon = floats(within('epsilon'), [attributeOf(first, 'epsilon') as number]);
  const sum = operation(within('sum'), 'AddV2', [joined('variance', 4), epsilon], total);
  const root = operation(within('root'), 'Rsqrt', [sum], total);
  const scale = operation(within('scale'), 'Mul', [joined('gamma', 1), root], total);
  const shift = operation(within('shift'), 'Mul', [joined('mean', 3), scale], total);
  const bias = operation(within('bias'), 'Sub', [joined('beta', 2), shift], total);
  return { scale: cut('scales', scale), bias: cut('biases', bias), nodes };
}
