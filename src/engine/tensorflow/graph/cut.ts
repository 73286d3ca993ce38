/**
 * Cuts a graph in two: some of its inputs, such as weights, are the same for many runs, and what depends on them alone
 * need not be computed in each.
 */
import { pruned, type Graph, type Node, type Output, type Placeholder } from './graph';

export interface Cut {
  /** From those inputs, what the rest needs of them. */
  readonly before: Graph;
  /** Its inputs are the outputs of what comes before, and then the inputs of the whole. */
  readonly after: Graph;
}

/** @param inputs some of the graph's */
export function cutAfter(graph: Graph, inputs: readonly Placeholder[]): Cut {
  const { needed, isBefore } = whatNeeds(graph, inputs);
  const given = new Map([...needed].map(([name, output]) => [name, placeholderFor(graph, name, output)]));
  const replaced = (input: Output): Output => {
    const placeholder = given.get(nameOf(input));
    return placeholder === undefined ? input : { node: placeholder.name, index: 0 };
  };
  const nodes = graph.nodes.map((node): Node =>
    node.kind !== 'operation' || isBefore(node) ? node : { ...node, inputs: node.inputs.map(replaced) },
  );
  const { outputs } = graph;
  return {
    before: pruned({ ...graph, inputs, outputs: [...needed.values()] }),
    after: pruned({ nodes: [...given.values(), ...nodes], inputs: [...given.values(), ...graph.inputs], outputs }),
  };
}

/** @returns whether an output depends on these inputs alone */
export function lastingWith(graph: Graph, inputs: readonly Placeholder[]): (output: Output) => boolean {
  const { lasting } = whatNeeds(graph, inputs);
  return ({ node }) => lasting.has(node);
}

/** Of the operations that depend on these inputs alone, the outputs that others need. */
function whatNeeds({ nodes }: Graph, inputs: readonly Placeholder[]) {
  /** What never changes, what changes with those inputs, and of this the operations. */
  const constant = new Set<string>();
  const lasting = new Set(inputs.map(({ name }) => name));
  const computed = new Set<string>();
  const needed = new Map<string, Output>();
  for (const node of nodes) {
    if (node.kind === 'constant') constant.add(node.name);
    if (node.kind !== 'operation') continue;
    const changing = node.inputs.filter((input) => !constant.has(input.node));
    if (changing.length === 0) constant.add(node.name);
    else if (changing.every((input) => lasting.has(input.node))) {
      lasting.add(node.name);
      computed.add(node.name);
    } else {
      for (const input of changing) if (computed.has(input.node)) needed.set(nameOf(input), input);
    }
  }
  return { needed, lasting, isBefore: ({ name }: Node) => computed.has(name) };
}

function placeholderFor({ nodes }: Graph, name: string, { node, index }: Output): Placeholder {
  const maker = nodes.find((candidate) => candidate.name === node);
  if (maker?.kind !== 'operation') throw new Error(`${node} is no operation`);
  return {
    kind: 'placeholder',
    name,
    type: maker.types[index] as number,
    shape: maker.shapes[index] as readonly number[],
  };
}

/** Of an output, as a node could be called. */
function nameOf({ node, index }: Output): string {
  return `${node}/output_${index}`;
}
