/** Whether a graph is good for a batch of any size, though it was recorded with one. */
import type { Graph, Node, Placeholder } from './graph';

/**
 * @param graph of a function
 * @param other of the same function, with inputs whose first axis is longer
 * @returns the graph for any length of those axes; undefined where a size went into it
 */
export function forAnyBatch(graph: Graph, other: Graph): Graph | undefined {
  const alike =
    graph.nodes.length === other.nodes.length && graph.nodes.every((node, i) => isSame(node, other.nodes[i]));
  if (!alike) return undefined;
  const free = new Map(graph.inputs.map((input, index) => [input, freed(input, other.inputs[index] as Placeholder)]));
  return {
    nodes: graph.nodes.map((node) => (node.kind === 'placeholder' ? (free.get(node) ?? node) : node)),
    inputs: [...free.values()],
    outputs: graph.outputs,
  };
}

function freed(input: Placeholder, { shape }: Placeholder): Placeholder {
  return { ...input, shape: input.shape.map((size, axis) => (size === shape[axis] ? size : -1)) };
}

/** But for the sizes of inputs and of what is made of them, which are no part of what is computed. */
function isSame(node: Node, other: Node | undefined): boolean {
  switch (node.kind) {
    case 'placeholder':
      return other?.kind === 'placeholder';
    case 'constant':
      return (
        other?.kind === 'constant' && isEqual(node.shape, other.shape) && isEqual([...node.content], [...other.content])
      );
    case 'operation': {
      if (other?.kind !== 'operation' || node.op !== other.op) return false;
      return isEqual([node.inputs, node.attributes], [other.inputs, other.attributes]);
    }
  }
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
