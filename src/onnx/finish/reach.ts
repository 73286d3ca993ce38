/** Which tokens the logits follow from. */
import type { GraphNode, Shape, ValueId } from '../../architectures';
import { sameShape } from '../dimensions';

/**
 * Values [n, tokens, c] of which only the first `prefix` tokens matter from there on: behind the last attention, a class
 * token alone goes on to the classifier, and heatmaps of the others would be blank.
 */
export function prefixOnly(nodes: readonly GraphNode[], output: ValueId, prefix: number): ReadonlySet<ValueId> {
  const shapes = new Map<ValueId, Shape>(nodes.map((node) => [node.output, node.shape]));
  /** Whether all tokens matter. */
  const all = new Map<ValueId, boolean>([[output, true]]);
  for (const node of nodes.toReversed()) {
    const whole = all.get(node.output);
    if (whole === undefined) continue;
    for (const input of node.inputs) {
      if (!('value' in input)) continue;
      const matters = keepsTokens(node, shapes.get(input.value)) ? whole : !takesPrefix(node, prefix);
      all.set(input.value, (all.get(input.value) ?? false) || matters);
    }
  }
  return new Set([...all].filter(([, whole]) => !whole).map(([value]) => value));
}

/** Whether each token of the output follows from the same token of this input. */
function keepsTokens({ operation, shape, inputs }: GraphNode, from: Shape | undefined): boolean {
  if (from?.length !== 3 || shape.length !== 3) return false;
  switch (operation.kind) {
    case 'unary':
    case 'binary':
      return sameShape(from, shape);
    case 'normalise':
      return operation.axes.join() === '2';
    case 'softmax':
      return operation.axis === 2;
    case 'matMul':
      return !operation.transposeA && inputs[1] !== undefined && !('value' in inputs[1]);
    default:
      return false;
  }
}

function takesPrefix({ operation }: GraphNode, prefix: number): boolean {
  if (operation.kind === 'slice' && operation.begin.length === 3) {
    const [, size] = operation.size;
    return (operation.begin[1] as number) + (typeof size === 'number' ? size : Infinity) <= prefix;
  }
  return operation.kind === 'gather' && operation.axis === 1 && operation.indices.every((index) => index < prefix);
}
