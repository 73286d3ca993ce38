/** A graph for batches of any length, from two that were recorded with different ones. */
import { isDeepStrictEqual } from 'node:util';
import { followLength, lengthOf, type Recorded } from './batchLength';
import type { Attribute, Graph, Node, Output, Placeholder } from './graph';

/**
 * @param graph of a function
 * @param other of the same function, with inputs whose first axis is longer
 * @returns the graph for any length of those axes; undefined where the length went into what cannot follow it
 */
export function forAnyBatch(graph: Graph, other: Graph): Graph | undefined {
  if (graph.nodes.length !== other.nodes.length) return undefined;
  const inputs = graph.inputs.map((input, index) => freed(input, other.inputs[index] as Placeholder));
  const batch = inputs.findIndex(({ shape }) => shape[0] === -1);
  if (batch < 0) return graph;
  const lengths: Recorded<number> = [graph, other].map(({ inputs }) => inputs[batch]?.shape[0]) as [number, number];
  const length = lengthOf(inputs[batch] as Placeholder, lengths);
  const isShape = onlyShapes(graph);
  const nodes: Node[] = [...inputs, ...length.nodes];
  for (const [index, node] of graph.nodes.entries()) {
    const twin = other.nodes[index] as Node;
    if (node.kind === 'placeholder') continue;
    if (isSame(node, twin)) nodes.push(node);
    else {
      const both = node.kind === 'constant' && twin.kind === 'constant' ? ([node, twin] as const) : undefined;
      const following = both && followLength(both, length, isShape(node.name));
      if (following === undefined) return undefined;
      nodes.push(...following);
    }
  }
  return { nodes, inputs, outputs: graph.outputs };
}

function freed(input: Placeholder, { shape }: Placeholder): Placeholder {
  return { ...input, shape: input.shape.map((size, axis) => (size === shape[axis] ? size : -1)) };
}

/** But for the shapes that an operation made of these batches, which are no part of what is computed. */
function isSame(node: Node, other: Node): boolean {
  if (node.kind === 'constant' && other.kind === 'constant') {
    const { type, shape, content } = node;
    const isAlike = type === other.type && isDeepStrictEqual(shape, other.shape);
    return isAlike && Buffer.compare(content, other.content) === 0;
  }
  if (node.kind !== 'operation' || other.kind !== 'operation' || node.op !== other.op) return false;
  return areAlike(node.inputs, other.inputs, isSameOutput) && areAlike(node.attributes, other.attributes, hasSameValue);
}

function areAlike<T>(items: readonly T[], others: readonly T[], isAlike: (item: T, other: T) => boolean): boolean {
  return items.length === others.length && items.every((item, index) => isAlike(item, others[index] as T));
}

function isSameOutput(output: Output, other: Output): boolean {
  return output.node === other.node && output.index === other.index;
}

function hasSameValue({ name, type, value }: Attribute, other: Attribute): boolean {
  return name === other.name && type === other.type && (value === other.value || isDeepStrictEqual(value, other.value));
}

/** Which nodes only say what shape something gets, where −1 is for "what is left". */
function onlyShapes({ nodes }: Graph): (name: string) => boolean {
  const shapes = new Set<string>();
  const others = new Set<string>();
  for (const node of nodes) {
    if (node.kind !== 'operation') continue;
    for (const [index, input] of node.inputs.entries()) {
      (node.op === 'Reshape' && index === 1 ? shapes : others).add(input.node);
    }
  }
  return (name) => shapes.has(name) && !others.has(name);
}
