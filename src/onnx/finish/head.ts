/** What makes the logits: global average pooling and one linear layer, or something else. */
import type { GraphNode, Input, TensorDeclaration, ValueId } from '../../architectures';

export interface Head {
  /** The map that is pooled on the way to one linear layer, where nothing else lies between. */
  readonly pooled: ValueId | undefined;
  /** The linear layer's weight. */
  readonly weight: string | undefined;
}

export function headOf(nodes: readonly GraphNode[], output: ValueId, tensors: readonly TensorDeclaration[]): Head {
  const makers = new Map(nodes.map((node) => [node.output, node]));
  const makerOf = (input: Input | undefined) =>
    input !== undefined && 'value' in input ? makers.get(input.value) : undefined;
  let node = makers.get(output);
  const isBias = (input: Input | undefined) => input !== undefined && 'parameter' in input;
  if (node?.operation.kind === 'binary' && node.operation.function === 'add' && isBias(node.inputs[1])) {
    node = makerOf(node.inputs[0]);
  }
  const weight = node?.inputs[1];
  if (node?.operation.kind !== 'matMul' || weight === undefined || !('parameter' in weight))
    return pooledBefore(node, makerOf);
  const isLinear = tensors.some(({ name, role }) => name === weight.parameter && role === 'linear');
  const { pooled } = pooledBefore(makerOf(node.inputs[0]), makerOf);
  return { pooled, weight: isLinear ? weight.parameter : undefined };
}

function pooledBefore(
  start: GraphNode | undefined,
  makerOf: (input: Input | undefined) => GraphNode | undefined,
): Head {
  let node = start;
  while (node?.operation.kind === 'reshape') node = makerOf(node.inputs[0]);
  const input = node?.inputs[0];
  const isPooling =
    node?.operation.kind === 'reduce' && node.operation.function === 'mean' && node.operation.axes.join() === '1,2';
  return { pooled: isPooling && input !== undefined && 'value' in input ? input.value : undefined, weight: undefined };
}
