import {
  declareNetwork,
  namedNetwork,
  isTrainable,
  networkId,
  type Architecture,
  type ArchitectureName,
  type Build,
  type Network,
  type TargetLayer,
  type TensorDeclaration,
} from '../architectures';
import { InputError } from '../common/errors';

/** One trainable tensor's place in the flat parameter vector. */
export interface ParameterSlot {
  readonly tensor: TensorDeclaration;
  /** TensorFlow's shape: HWIO, HWC1, or [in, out]. */
  readonly shape: readonly number[];
  readonly length: number;
}

/** One batch norm's place in the flat vectors of running means and variances. */
export interface StatisticsSlot {
  /** The module's name, without `.running_mean`. */
  readonly module: string;
  readonly length: number;
}

/**
 * A network at an input size, with the order in which its weights lie in flat vectors. All trainable parameters
 * are one vector, and so are the running means and the running variances: an optimiser's step is then a handful of
 * operations, and not a handful for each of 213 tensors.
 */
export interface Model {
  readonly network: Network;
  /** Tells the network from every other: see `networkId`. */
  readonly id: string;
  readonly inputSize: number;
  readonly classes: number;
  readonly build: Build;
  /** The PyTorch state dict, in its order. */
  readonly tensors: readonly TensorDeclaration[];
  readonly targetLayers: readonly TargetLayer[];
  readonly defaultLayer: TargetLayer;
  /** See `Architecture.head`. */
  readonly head: Architecture['head'];
  readonly parameters: readonly ParameterSlot[];
  readonly statistics: readonly StatisticsSlot[];
  readonly parameterCount: number;
  readonly statisticsCount: number;
}

/**
 * @param of a network, or the name of an architecture
 * @param classes as many as the data set has
 * @throws InputError for an input size that the network does not take, or classes that a graph cannot be given
 */
export function createModel(of: Network | ArchitectureName, inputSize: number, classes: number): Model {
  const network = typeof of === 'string' ? namedNetwork(of) : of;
  refuseOtherSize(network, inputSize);
  const { build, head } = network.architecture;
  const { tensors, targetLayers, defaultLayer } = declareNetwork(network, inputSize, classes);
  const parameters = tensors.filter(isTrainable).map(parameterSlot);
  const statistics = tensors
    .filter(({ role }) => role === 'runningMean')
    .map((tensor) => ({ module: tensor.name.slice(0, -'.running_mean'.length), length: tensor.shape[0] ?? 0 }));
  return {
    network,
    id: networkId(network),
    inputSize,
    classes,
    build,
    tensors,
    targetLayers,
    defaultLayer,
    head,
    parameters,
    statistics,
    parameterCount: total(parameters),
    statisticsCount: total(statistics),
  };
}

function refuseOtherSize({ name, architecture: { largestInputSize = Infinity }, file }: Network, size: number): void {
  const only = file?.graph.inputSize;
  if (only === undefined ? size <= largestInputSize : size === only) return;
  throw new InputError(`${name} takes no inputs of this size`, {
    found: `${size} pixels a side`,
    expected: only === undefined ? `at most ${largestInputSize}` : String(only),
  });
}

/** Tells it from every other. */
export function describeModel({ id, inputSize, classes }: Model): string {
  return `${id} at ${inputSize} for ${classes} classes`;
}

function parameterSlot(tensor: TensorDeclaration): ParameterSlot {
  return { tensor, shape: tensorflowShape(tensor), length: tensor.shape.reduce((a, b) => a * b, 1) };
}

function tensorflowShape({ role, shape }: TensorDeclaration): readonly number[] {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (role === 'convolution') return [c, d, b, a];
  if (role === 'depthwise') return [c, d, a, 1];
  if (role === 'linear') return [b, a];
  return shape;
}

function total(slots: readonly { readonly length: number }[]): number {
  return slots.reduce((sum, { length }) => sum + length, 0);
}
