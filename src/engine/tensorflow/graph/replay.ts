/**
 * A graph operation by operation, as it was recorded: for what is computed so seldom that a session for it would never
 * pay. One that folds the weights of EfficientNet-B0 takes a hundred milliseconds to make, and saves five each time.
 */
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import { FLOAT32, INT32, type Constant, type Graph, type Output } from './graph';

/**
 * @param ids the addon's numbers of the inputs, which stay as they are
 * @returns those of the outputs, new tensors, which are the graph's operations'
 */
export function replay(binding: TFJSBinding, graph: Graph, ids: readonly number[]): number[] {
  const tensors = new Map(graph.inputs.map(({ name }, index) => [name, [ids[index] as number]]));
  const made: number[] = [];
  const idOf = ({ node, index }: Output): number => tensors.get(node)?.[index] as number;
  const add = (name: string, results: number[]): void => {
    tensors.set(name, results);
    made.push(...results);
  };
  const kept = new Set<number>();
  try {
    for (const node of graph.nodes) {
      if (node.kind === 'constant') {
        add(node.name, [binding.createTensor([...node.shape], node.type, valuesOf(node))]);
      } else if (node.kind === 'operation') {
        const attributes = [...node.attributes] as Parameters<TFJSBinding['executeOp']>[1];
        const results = binding.executeOp(node.op, attributes, node.inputs.map(idOf), node.shapes.length);
        add(
          node.name,
          results.map(({ id }) => id),
        );
      }
    }
    const outputs = graph.outputs.map(idOf);
    for (const id of outputs) kept.add(id);
    return outputs;
  } finally {
    for (const id of made) if (!kept.has(id)) binding.deleteTensor(id);
  }
}

/** As the addon takes them. */
function valuesOf({ type, content }: Constant): Float32Array | Int32Array | Uint8Array {
  const { buffer, byteOffset, byteLength } = content;
  if (type === FLOAT32) return new Float32Array(buffer, byteOffset, byteLength / 4);
  if (type === INT32) return new Int32Array(buffer, byteOffset, byteLength / 4);
  return content;
}
