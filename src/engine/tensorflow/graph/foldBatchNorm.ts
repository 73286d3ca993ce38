/**
 * Batch norm with given statistics, folded into the layer before it: γ·(w∗x − μ)/√(σ² + ε) + β = (s·w)∗x + (β − s·μ) with
 * s = γ/√(σ² + ε), a number a channel. That takes a pass over the feature map away, and leaves a layer with a bias, which
 * TensorFlow computes as one operation, an activation that follows included. By itself it folds constants only.
 */
import { attributeOf, INT32, pruned, shapesOf, type Graph, type Node, type Operation, type Output } from './graph';
import { FLOATS, nodeMaker, typeAttribute } from './nodeMaker';
import { normFactors, type NormFactors } from './normFactors';

export function foldBatchNorm(graph: Graph): Graph {
  const makerOf = soleMakers(graph);
  const shapeOf = shapesOf(graph);
  const found = graph.nodes.flatMap((node) =>
    node.kind === 'operation' ? (normalisedLayer(node, makerOf) ?? []) : [],
  );
  const layers = new Map<Node, NormalisedLayer>(found.map((layer) => [layer.norm, layer]));
  const factors = normFactors(
    graph,
    found.map(({ norm }) => norm),
  );
  const nodes = graph.nodes.flatMap((node) => {
    const layer = layers.get(node);
    const factorsOfNode = factors.get(node);
    if (layer === undefined || factorsOfNode === undefined) return [node];
    return [...factorsOfNode.nodes, ...foldedLayer(layer, factorsOfNode, shapeOf(layer.layer.inputs[1] as Output))];
  });
  return pruned({ ...graph, nodes });
}

type MakerOf = (output: Output | undefined) => Operation | undefined;

/** For an output that is used once, and not what the graph is for, the operation that makes it. */
function soleMakers({ nodes, outputs }: Graph): MakerOf {
  const operations = nodes.filter((node) => node.kind === 'operation');
  const makers = new Map(operations.map((node) => [node.name, node]));
  const uses = new Map<string, number>();
  for (const { node } of [...outputs, ...operations.flatMap(({ inputs }) => inputs)]) {
    uses.set(node, (uses.get(node) ?? 0) + 1);
  }
  return (output) => (output !== undefined && uses.get(output.node) === 1 ? makers.get(output.node) : undefined);
}

interface NormalisedLayer {
  readonly norm: Operation;
  readonly layer: Operation;
  /** Between the two where the layer is a product of matrices. */
  readonly reshape: Operation | undefined;
}

function normalisedLayer(norm: Operation, makerOf: MakerOf): NormalisedLayer | undefined {
  if (!norm.op.startsWith('FusedBatchNorm') || attributeOf(norm, 'is_training') !== false) return undefined;
  const before = makerOf(norm.inputs[0]);
  if (before?.op === 'Conv2D' || before?.op === 'DepthwiseConv2dNative') {
    return { norm, layer: before, reshape: undefined };
  }
  const product = before?.op === 'Reshape' ? makerOf(before.inputs[0]) : undefined;
  const isPlain = product?.op === 'BatchMatMulV2' && product.shapes[0]?.length === 2 && !attributeOf(product, 'adj_y');
  return product !== undefined && isPlain ? { norm, layer: product, reshape: before } : undefined;
}

/** The nodes in place of the batch norm; the last has its name. */
function foldedLayer(
  { norm, layer, reshape }: NormalisedLayer,
  { scale, bias }: NormFactors,
  weightsShape: readonly number[],
): Node[] {
  const { nodes, integers, operation } = nodeMaker();
  const [data, weights] = layer.inputs as [Output, Output];
  const { shapes, attributes } = layer;
  const within = (name: string): string => `${norm.name}/${name}`;
  let factors = scale;
  if (layer.op === 'DepthwiseConv2dNative') {
    // Its filters are [height, width, channels, 1].
    const shape = weightsShape.slice(-2);
    const made = { shapes: [shape], attributes: [FLOATS, typeAttribute('Tshape', INT32)] };
    factors = operation(within('factors'), 'Reshape', [scale, integers(within('shape'), shape)], made);
  }
  const scaled = operation(within('weights'), 'Mul', [weights, factors], { shapes: [weightsShape] });
  if (reshape === undefined) {
    const output = operation(within('layer'), layer.op, [data, scaled], { attributes, shapes });
    operation(norm.name, 'BiasAdd', [output, bias], { shapes });
  } else {
    // Of matrices: only this operation is computed together with a bias.
    const product = operation(within('layer'), 'MatMul', [data, scaled], { shapes });
    const biased = operation(within('biased'), 'BiasAdd', [product, bias], { shapes });
    operation(norm.name, 'Reshape', [biased, ...reshape.inputs.slice(1)], reshape);
  }
  return nodes;
}
