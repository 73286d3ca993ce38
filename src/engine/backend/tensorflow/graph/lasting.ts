/**
 * Where a graph can be cut: some of its inputs, such as weights, are the same for many runs, and what depends on them
 * alone need not be computed in each.
 */
import type { Graph, Output, Placeholder } from './graph';

/** @returns the outputs of operations that depend on these inputs alone, as far as others need them */
export function lastingOutputs({ nodes }: Graph, inputs: readonly Placeholder[]): Output[] {
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
      for (const input of changing) if (computed.has(input.node)) needed.set(`${input.node}:${input.index}`, input);
    }
  }
  return [...needed.values()];
}
