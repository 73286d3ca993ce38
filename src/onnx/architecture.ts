/** The architecture of a graph from a file. */
import type { Architecture, Graph, Initialiser, TensorDeclaration } from '../architectures';

export function architectureOf(graph: Graph): Architecture {
  return {
    build: (layers, images) => layers.graph(graph, images),
    description: `a network from an ONNX file: ${graph.nodes.length} operations, for ${graph.inputSize}×${graph.inputSize}`,
    inputSize: graph.inputSize,
    largestInputSize: graph.inputSize,
    head: graph.head,
    defaultLayer: graph.defaultLayer,
    initialise,
    stageOf,
    namings: [],
    tensorCount: graph.tensors.length,
    landmarks: [],
    aliases: [],
    python: () => undefined,
  };
}

/** PyTorch's defaults where they are known, else small numbers, as transformers begin with. */
function initialise(tensor: TensorDeclaration): Initialiser {
  const { role, shape, fanIn } = tensor;
  switch (role) {
    case 'convolution':
    case 'depthwise':
    case 'linear':
      return { kind: 'uniform', bound: 1 / Math.sqrt(shape.slice(1).reduce((product, length) => product * length, 1)) };
    case 'bias':
      return { kind: 'uniform', bound: 1 / Math.sqrt(fanIn ?? 1) };
    case 'free':
      return { kind: 'normal', standardDeviation: 0.02 };
    default:
      return { kind: 'constant', value: role === 'scale' || role === 'runningVariance' ? 1 : 0 };
  }
}

/** "layer1", "blocks.3", "stages.2", "features.4": the list of blocks and the place in it. */
function stageOf(tensor: string): string | undefined {
  return /^(?:\w+\.)*?(?:layers?\d+|(?:blocks?|stages?|layers?|features|groups?|encoder)\.\d+)(?=\.)/.exec(tensor)?.[0];
}
