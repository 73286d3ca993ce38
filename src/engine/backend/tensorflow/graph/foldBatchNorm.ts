/**
 * Batch norm with given statistics, folded into the layer before it: γ·(w∗x − μ)/√(σ² + ε) + β = (s·w)∗x + (β − s·μ) with
 * s = γ/√(σ² + ε), a number a channel. That takes a pass over the feature map away, and leaves a layer with a bias, which
 * TensorFlow computes as one operation, an activation that follows included. By itself it folds constants only.
 */
import {
  attributeOf,
  FLOAT32,
  INT32,
  pruned,
  TYPE,
  type Attribute,
  type Graph,
  type Node,
  type Operation,
  type Output,
} from './graph';

export function foldBatchNorm(graph: Graph): Graph {
  const makerOf = soleMakers(graph);
  const nodes = graph.nodes.flatMap((node) => {
    const found = node.kind === 'operation' ? normalisedLayer(node, makerOf) : undefined;
    return found === undefined ? [node] : foldedLayer(found);
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

const FLOATS: Attribute = { name: 'T', type: TYPE, value: FLOAT32 };

/** The nodes in place of the batch norm; the last has its name. */
function foldedLayer({ norm, layer, reshape }: NormalisedLayer): Node[] {
  const nodes: Node[] = [];
  const [, gamma, beta, mean, variance] = norm.inputs as [Output, Output, Output, Output, Output];
  const [data, weights] = layer.inputs as [Output, Output];
  const channels = norm.shapes[0]?.at(-1) as number;

  function constant(name: string, type: number, values: Float32Array | Int32Array, shape: readonly number[]): Output {
    const content = new Uint8Array(values.buffer);
    nodes.push({ kind: 'constant', name: `${norm.name}/${name}`, type, shape, content });
    return { node: `${norm.name}/${name}`, index: 0 };
  }

  function operation(name: string, op: string, inputs: readonly Output[], more: Partial<Operation> = {}): Output {
    const { attributes = [FLOATS], shapes = [[channels]] } = more;
    nodes.push({ kind: 'operation', name, op, attributes, inputs, shapes });
    return { node: name, index: 0 };
  }

  const within = (name: string, op: string, inputs: readonly Output[], more?: Partial<Operation>): Output =>
    operation(`${norm.name}/${name}`, op, inputs, more);

  const epsilon = constant('epsilon', FLOAT32, Float32Array.of(attributeOf(norm, 'epsilon') as number), []);
  const scale = within('scale', 'Mul', [
    gamma,
    within('rsqrt', 'Rsqrt', [within('add', 'AddV2', [variance, epsilon])]),
  ]);
  const bias = within('bias', 'Sub', [beta, within('mean', 'Mul', [mean, scale])]);
  let factors = scale;
  if (layer.op === 'DepthwiseConv2dNative') {
    // Its filters are [height, width, channels, 1].
    const shape = constant('shape', INT32, Int32Array.of(channels, 1), [2]);
    const attributes = [FLOATS, { name: 'Tshape', type: TYPE, value: INT32 }];
    factors = within('factors', 'Reshape', [scale, shape], { attributes, shapes: [[channels, 1]] });
  }
  const scaled = within('weights', 'Mul', [weights, factors], { shapes: [] });
  const { shapes } = layer;
  if (reshape === undefined) {
    const output = within('layer', layer.op, [data, scaled], { attributes: layer.attributes, shapes });
    operation(norm.name, 'BiasAdd', [output, bias], { shapes });
  } else {
    // Of matrices: only this operation is computed together with a bias.
    const product = within('layer', 'MatMul', [data, scaled], { shapes });
    const biased = within('biased', 'BiasAdd', [product, bias], { shapes });
    operation(norm.name, 'Reshape', [biased, ...reshape.inputs.slice(1)], reshape);
  }
  return nodes;
}
