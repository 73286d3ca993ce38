/** The layer that makes a graph's logits, and the graph with one for other classes in its place. */
import { InputError } from '../../common/errors';
import type { TensorDeclaration } from '../architecture';
import type { Graph, GraphNode, Input } from './graph';
import type { Operation, Shape } from './operations';

export interface GraphClassifier {
  /** Its filter or matrix, by the tensor's name. */
  readonly weight: string;
  /** Which axis of each of its tensors, the weight first, is of the classes; in PyTorch's order. */
  readonly axes: ReadonlyMap<string, number>;
  /** Which axis of the output of each node, from the layer on, is of the classes. */
  readonly nodes: ReadonlyMap<GraphNode, number>;
}

/**
 * The last linear layer, or convolution, behind which nothing mixes classes or depends on how many there are; undefined
 * where the logits are made otherwise.
 */
export function graphClassifier(graph: Graph): GraphClassifier | undefined {
  const tensors = new Map(graph.tensors.map((tensor) => [tensor.name, tensor]));
  const producers = new Map(graph.nodes.map((node) => [node.output, node]));
  const axes = new Map<string, number>();
  const nodes = new Map<GraphNode, number>();
  let [value, axis] = [graph.output, 1];
  for (;;) {
    const node = producers.get(value);
    if (node === undefined || (value !== graph.output && usesOf(graph, value) > 1)) return undefined;
    nodes.set(node, axis);
    const layer = layerOf(node, tensors);
    if (layer !== undefined) {
      if (axis !== node.shape.length - 1 || layer.some(({ name }) => parameterUses(graph, name) > 1)) return undefined;
      const [weight] = layer;
      const own = layer.map(({ name, classAxis }) => [name, classAxis] as const);
      return weight && { weight: weight.name, axes: new Map([...own, ...axes]), nodes };
    }
    const before = stepBefore(node, axis, graph, tensors, axes);
    if (before === undefined) return undefined;
    [value, axis] = before;
  }
}

interface ClassTensor {
  readonly name: string;
  readonly classAxis: number;
}

/** The tensors of a linear layer or a convolution, its weight first; undefined of any other node. */
function layerOf(
  { operation, inputs }: GraphNode,
  tensors: ReadonlyMap<string, TensorDeclaration>,
): ClassTensor[] | undefined {
  const isConvolution = operation.kind === 'convolution' && operation.groups === 1;
  if (!isConvolution && operation.kind !== 'matMul') return undefined;
  const [, weight, bias] = inputs;
  const tensor = weight && 'parameter' in weight ? tensors.get(weight.parameter) : undefined;
  if (tensor === undefined || (bias !== undefined && !('parameter' in bias))) return undefined;
  const isOutputFirst = tensor.role !== 'free' || (operation.kind === 'matMul' && operation.transposeB);
  const layer = [{ name: tensor.name, classAxis: isOutputFirst ? 0 : tensor.shape.length - 1 }];
  return bias === undefined ? layer : [...layer, { name: bias.parameter, classAxis: 0 }];
}

/** The value that a node changes class by class, and its axis of the classes; undefined where it is no such node. */
function stepBefore(
  { operation, inputs, shape }: GraphNode,
  axis: number,
  graph: Graph,
  tensors: ReadonlyMap<string, TensorDeclaration>,
  axes: Map<string, number>,
): [value: number, axis: number] | undefined {
  const values = inputs.filter((input) => 'value' in input);
  const [from] = values;
  if (from === undefined || values.length > 1) return undefined;
  const before = graph.nodes.find(({ output }) => output === from.value)?.shape;
  if (before === undefined) return undefined;
  switch (operation.kind) {
    case 'unary':
    case 'pool':
      return operation.kind === 'pool' && axis !== shape.length - 1 ? undefined : [from.value, axis];
    case 'softmax':
    case 'logSoftmax':
      return [from.value, axis];
    case 'binary': {
      const other = inputs.find((input) => input !== from);
      return other !== undefined && isPerClass(other, axis - shape.length, graph, tensors, axes)
        ? [from.value, axis]
        : undefined;
    }
    case 'transpose':
      return [from.value, operation.order[axis] ?? axis];
    case 'reduce': {
      const left = before.map((_, index) => index).filter((index) => !operation.axes.includes(index));
      const at = operation.keepsAxes ? axis : left[axis];
      return at === undefined || operation.axes.includes(at) ? undefined : [from.value, at];
    }
    case 'reshape':
      return reshaped(from.value, before, shape, axis, graph.classes);
    default:
      return undefined;
  }
}

/** Where nothing but the classes and the batch is longer than one, their axis is the only one of its length. */
function reshaped(
  value: number,
  before: Shape,
  after: Shape,
  axis: number,
  classes: number,
): [number, number] | undefined {
  const long = (shape: Shape): number[] =>
    shape.flatMap((length, index) => (typeof length === 'number' && length !== 1 ? [index] : []));
  const [at, ...others] = long(before);
  const isSame = at !== undefined && before[at] === classes && after[axis] === classes && long(after).length === 1;
  return isSame && others.length === 0 ? [value, at] : undefined;
}

/** Whether a second operand is one number, or a parameter with one for each class, whose axis is then noted. */
function isPerClass(
  input: Input,
  fromEnd: number,
  graph: Graph,
  tensors: ReadonlyMap<string, TensorDeclaration>,
  axes: Map<string, number>,
): boolean {
  if ('value' in input) return false;
  const isOne = (shape: readonly number[]): boolean => shape.every((length) => length === 1);
  if ('constant' in input) return isOne(graph.constants[input.constant]?.shape ?? []);
  const { name, shape = [] } = tensors.get(input.parameter) ?? { name: input.parameter };
  if (isOne(shape) && graph.classes !== 1) return true;
  const at = shape.length + fromEnd;
  if (at < 0 || shape[at] !== graph.classes || !isOne(shape.filter((_, index) => index !== at))) return false;
  if (parameterUses(graph, name) > 1) return false;
  axes.set(name, at);
  return true;
}

function usesOf({ nodes }: Graph, value: number): number {
  return nodes.flatMap(({ inputs }) => inputs).filter((input) => 'value' in input && input.value === value).length;
}

function parameterUses({ nodes }: Graph, name: string): number {
  return nodes.flatMap(({ inputs }) => inputs).filter((input) => 'parameter' in input && input.parameter === name)
    .length;
}

const MADE = new WeakMap<Graph, Map<number, Graph>>();

/**
 * The graph with a classifier of so many classes; itself where it has as many.
 * @throws InputError where its logits are not made by a layer that can be replaced
 */
export function withClasses(graph: Graph, classes: number): Graph {
  if (classes === graph.classes) return graph;
  const made = MADE.get(graph) ?? new Map<number, Graph>();
  MADE.set(graph, made);
  const known = made.get(classes) ?? replaced(graph, classes);
  made.set(classes, known);
  return known;
}

function replaced(graph: Graph, classes: number): Graph {
  const classifier = graphClassifier(graph);
  if (classifier === undefined) {
    const last = graph.nodes.find(({ output }) => output === graph.output);
    throw new InputError('the network is of other classes, and its classifier cannot be replaced', {
      place: last === undefined ? 'output' : `node ${last.name} (${last.operator})`,
      found: `${graph.classes} classes, made by no linear layer directly`,
      expected: `${classes} classes, or a linear layer whose outputs are the logits`,
      advice: 'Export the network from PyTorch with a classifier of as many classes as the data set has.',
    });
  }
  const { axes, nodes } = classifier;
  const resized = <T>(shape: readonly (T | number)[], axis: number): (T | number)[] => shape.with(axis, classes);
  return {
    ...graph,
    classes,
    tensors: graph.tensors.map((tensor) => {
      const axis = axes.get(tensor.name);
      return axis === undefined ? tensor : { ...tensor, shape: resized<number>(tensor.shape, axis) };
    }),
    nodes: graph.nodes.map((node) => {
      const axis = nodes.get(node);
      if (axis === undefined) return node;
      const shape = resized(node.shape, axis);
      return { ...node, shape, operation: withShape(node.operation, shape) };
    }),
  };
}

function withShape(operation: Operation, shape: Shape): Operation {
  return operation.kind === 'reshape' ? { ...operation, shape } : operation;
}
