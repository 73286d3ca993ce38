/** Batch norms that a graph has folded into the layers before them, folded into a state dict's tensors likewise. */
import type { Graph, GraphNode, TensorDeclaration } from '../../architectures';
import { InputError } from '../../common/errors';
import type { StoredTensor, StoredTensors } from '../stored';

export interface Folded {
  /** All that the graph has, by its names. */
  readonly tensors: StoredTensors;
  /** How many batch norms were folded. */
  readonly count: number;
  /** Names of the dict that the graph has not. */
  readonly leftOut: readonly string[];
}

/** PyTorch's default, which no state dict says. */
const EPSILON = 1e-5;

/**
 * A dict with everything that the graph has is taken as it is. Where biases are missing and the dict has batch norms that
 * the graph lacks, each of these is folded into the layer that it follows: W·γ/√(σ² + ε) and β + (b − μ)·γ/√(σ² + ε).
 * @throws InputError where a tensor is missing, or where names do not tell which batch norm follows which layer
 */
export function foldBatchNorms(graph: Graph, dict: StoredTensors, file: string): Folded {
  const declared = graph.tensors.filter(({ role }) => role !== 'batchCount');
  const missing = declared.filter(({ name }) => !dict.has(name));
  const names = new Set(graph.tensors.map(({ name }) => name));
  const norms = [...dict.keys()].flatMap((name) => {
    const module = name.endsWith('.running_mean') ? name.slice(0, -'.running_mean'.length) : undefined;
    return module === undefined || names.has(name) ? [] : [module];
  });
  if (missing.length === 0 && norms.length === 0) return taken(dict, names, new Set());
  if (norms.length === 0) throw withoutTensor(missing, dict, file);
  const layers = layersWithBias(graph);
  const followers = normsBehind(layers, norms, dict);
  const bare = layers.find(
    ({ bias }) => !dict.has(bias.name) && ![...followers.values()].some((each) => each.bias === bias),
  );
  if (bare !== undefined) throw unsure(bare.weight.name, file);
  const left = norms.find((module) => !followers.has(module));
  if (left !== undefined) throw unsure(left, file);
  const folded = new Map(dict);
  for (const [module, layer] of followers) fold(module, layer, dict, folded);
  const still = declared.filter(({ name }) => !folded.has(name));
  if (still.length > 0) throw withoutTensor(still, dict, file);
  return { ...taken(folded, names, new Set(norms)), count: followers.size };
}

function taken(dict: StoredTensors, names: ReadonlySet<string>, norms: ReadonlySet<string>): Folded {
  const leftOut = [...dict.keys()].filter((name) => {
    const dot = name.lastIndexOf('.');
    return !names.has(name) && !name.endsWith('.num_batches_tracked') && !norms.has(name.slice(0, dot));
  });
  return { tensors: new Map([...dict].filter(([name]) => names.has(name))), count: 0, leftOut };
}

interface FoldedLayer {
  readonly weight: TensorDeclaration;
  readonly bias: TensorDeclaration;
}

/** Convolutions and linear layers that add a bias, in forward order. */
function layersWithBias(graph: Graph): FoldedLayer[] {
  const tensors = new Map(graph.tensors.map((tensor) => [tensor.name, tensor]));
  const named = ({ inputs }: GraphNode, at: number): TensorDeclaration | undefined => {
    const input = inputs[at];
    return input !== undefined && 'parameter' in input ? tensors.get(input.parameter) : undefined;
  };
  return graph.nodes.flatMap((node) => {
    const [weight, bias] = [named(node, 1), named(node, 2)];
    const isLayer = ['convolution', 'depthwiseConvolution', 'matMul'].includes(node.operation.kind);
    return isLayer && weight !== undefined && bias !== undefined ? [{ weight, bias }] : [];
  });
}

/**
 * Each batch norm with the layer that it follows: first by their names (`conv1` and `bn1`, `features.0` and `features.1`),
 * then by those of the modules around the layer (`conv1.6` and `bn1`), then what is left within a module in the order of
 * the graph and of the numbers in names (`conv_pw`, `conv_dw`, `conv_pwl` and `bn1`, `bn2`, `bn3`). A pair has as many
 * channels, or is none.
 */
function normsBehind(
  layers: readonly FoldedLayer[],
  norms: readonly string[],
  dict: StoredTensors,
): Map<string, FoldedLayer> {
  const followers = new Map<string, FoldedLayer>();
  const paired = new Set<FoldedLayer>();
  const fits = (layer: FoldedLayer, name: string): boolean =>
    !followers.has(name) && dict.get(`${name}.running_mean`)?.shape[0] === layer.bias.shape[0];
  const pair = (layer: FoldedLayer, name: string): void => {
    followers.set(name, layer);
    paired.add(layer);
  };
  for (const depth of [0, 1, 2]) {
    for (const layer of layers) {
      if (paired.has(layer)) continue;
      const module = moduleOf(layer)
        .split('.')
        .slice(0, -depth || undefined)
        .join('.');
      const [only, ...others] = norms.filter((name) => alikeNames(module).includes(name) && fits(layer, name));
      if (only !== undefined && others.length === 0) pair(layer, only);
    }
  }
  const left = layers.filter((layer) => !paired.has(layer) && !dict.has(layer.bias.name));
  for (const parent of new Set(left.map((layer) => parentOf(moduleOf(layer))))) {
    const own = left.filter((layer) => parentOf(moduleOf(layer)) === parent);
    const beside = norms
      .filter((name) => parentOf(name) === parent && !followers.has(name))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const isFit = own.length === beside.length && own.every((layer, at) => fits(layer, beside[at] ?? ''));
    if (isFit) for (const [at, layer] of own.entries()) pair(layer, beside[at] ?? '');
  }
  return followers;
}

function moduleOf({ weight }: FoldedLayer): string {
  return weight.name.slice(0, weight.name.lastIndexOf('.'));
}

function parentOf(module: string): string {
  return module.slice(0, module.lastIndexOf('.') + 1);
}

/** What a batch norm behind a module is called by custom. */
function alikeNames(module: string): string[] {
  const parent = parentOf(module);
  const last = module.slice(parent.length);
  if (/^\d+$/.test(last)) return [parent + String(Number(last) + 1)];
  return /conv/i.test(last) ? ['bn', 'norm', 'batchnorm'].map((word) => parent + last.replace(/conv/i, word)) : [];
}

function fold(module: string, { weight, bias }: FoldedLayer, dict: StoredTensors, folded: Map<string, StoredTensor>) {
  const values = (name: string): Float32Array | undefined => dict.get(name)?.data;
  const [mean, variance] = [values(`${module}.running_mean`), values(`${module}.running_var`)];
  const [gamma, beta] = [values(`${module}.weight`), values(`${module}.bias`)];
  const before = values(bias.name);
  const filter = dict.get(weight.name);
  if (mean === undefined || variance === undefined || filter === undefined) return;
  const scale = variance.map((each, channel) => (gamma?.[channel] ?? 1) / Math.sqrt(each + EPSILON));
  const { data } = filter;
  const size = data.length / scale.length;
  folded.set(weight.name, {
    shape: filter.shape,
    data: data.map((value, index) => value * (scale[Math.floor(index / size)] ?? 1)),
  });
  folded.set(bias.name, {
    shape: bias.shape,
    data: mean.map(
      (each, channel) => (beta?.[channel] ?? 0) + ((before?.[channel] ?? 0) - each) * (scale[channel] ?? 1),
    ),
  });
}

function withoutTensor(missing: readonly TensorDeclaration[], dict: StoredTensors, file: string): InputError {
  const [first] = missing;
  return new InputError('not weights of this graph', {
    file,
    place: `tensor ${first?.name ?? ''}`,
    found: `no such tensor, among ${dict.size} such as ${[...dict.keys()].slice(0, 3).join(', ')}`,
    expected: 'every tensor of the ONNX graph, by its name',
  });
}

function unsure(name: string, file: string): InputError {
  return new InputError('the graph has batch norm folded into its convolutions, and the weights have not', {
    file,
    place: `tensor ${name}`,
    found: 'batch norms of which names do not tell which layer they follow',
    expected: 'tensors as the graph has them',
    advice:
      'Export the graph without folding: torch.onnx.export(…, optimize=False), or training=TrainingMode.PRESERVE.',
  });
}
