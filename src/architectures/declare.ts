import type { Architecture, TensorDeclaration } from './architecture';
import type { Graph } from './graph/graph';
import {
  convolvedLength,
  type ConvolutionOptions,
  type DepthwiseOptions,
  type Layers,
  type PaddingMode,
} from './layers';
import type { TargetLayer } from './targetLayer';

export type { TargetLayer } from './targetLayer';

export interface Declaration {
  readonly tensors: readonly TensorDeclaration[];
  /** In forward order. */
  readonly targetLayers: readonly TargetLayer[];
  /** The one that `auto` means. */
  readonly defaultLayer: TargetLayer;
}

/** Of a feature map. */
export interface MapShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Walks an architecture with shapes alone: what parameters it has, and how large its feature maps are. */
export function declare(
  { build, defaultLayer }: Pick<Architecture, 'build' | 'defaultLayer'>,
  inputSize: number,
  classes: number,
): Declaration {
  const tensors: TensorDeclaration[] = [];
  const targetLayers: TargetLayer[] = [];
  build(new ShapeLayers(tensors, targetLayers), { channels: 3, height: inputSize, width: inputSize }, classes);
  const found = targetLayers.findLast(({ name }) => defaultLayer === undefined || name === defaultLayer);
  if (found === undefined) throw new Error(`no target layer ${defaultLayer ?? ''}`);
  return { tensors, targetLayers, defaultLayer: found };
}

/** The prefix of the tensors of the linear layer whose outputs are the logits, with a dot at its end. */
export function classifierOf(tensors: readonly TensorDeclaration[]): string {
  const linear = tensors.findLast(({ role }) => role === 'linear');
  if (linear === undefined) throw new Error('an architecture without a linear layer');
  return linear.name.slice(0, -'weight'.length);
}

/** Interprets an architecture by shapes alone. */
export class ShapeLayers implements Layers<MapShape> {
  constructor(
    private readonly tensors: TensorDeclaration[],
    private readonly targetLayers: TargetLayer[],
  ) {}

  conv2d(name: string, x: MapShape, options: ConvolutionOptions): MapShape {
    const { filters, kernel, stride = 1, bias = false, padding = 'symmetric', groups = 1 } = options;
    const inputs = x.channels / groups;
    this.tensors.push({ name: `${name}.weight`, role: 'convolution', shape: [filters, inputs, kernel, kernel] });
    if (bias) this.bias(name, filters, inputs * kernel * kernel);
    return { ...convolved(x, kernel, stride, padding), channels: filters };
  }

  depthwiseConv2d(name: string, x: MapShape, options: DepthwiseOptions): MapShape {
    const { kernel, stride, bias = false, padding = 'symmetric' } = options;
    this.tensors.push({ name: `${name}.weight`, role: 'depthwise', shape: [x.channels, 1, kernel, kernel] });
    if (bias) this.bias(name, x.channels, kernel * kernel);
    return convolved(x, kernel, stride, padding);
  }

  linearAtPositions(name: string, x: MapShape, outputs: number): MapShape {
    return { ...x, channels: this.linear(name, x, outputs).channels };
  }

  batchNorm(name: string, x: MapShape): MapShape {
    const shape = [x.channels];
    this.tensors.push(
      { name: `${name}.weight`, role: 'scale', shape },
      { name: `${name}.bias`, role: 'shift', shape },
      { name: `${name}.running_mean`, role: 'runningMean', shape },
      { name: `${name}.running_var`, role: 'runningVariance', shape },
      { name: `${name}.num_batches_tracked`, role: 'batchCount', shape: [] },
    );
    return x;
  }

  layerNorm(name: string, x: MapShape): MapShape {
    this.tensors.push(
      { name: `${name}.weight`, role: 'scale', shape: [x.channels] },
      { name: `${name}.bias`, role: 'shift', shape: [x.channels] },
    );
    return x;
  }

  scaleBy(name: string, x: MapShape): MapShape {
    this.tensors.push({ name, role: 'layerScale', shape: [x.channels] });
    return x;
  }

  concatenate(parts: readonly MapShape[]): MapShape {
    const [first] = parts as readonly [MapShape];
    return { ...first, channels: parts.reduce((sum, { channels }) => sum + channels, 0) };
  }

  averagePool(x: MapShape, { kernel, stride }: { kernel: number; stride: number }): MapShape {
    return strided(x, kernel, stride, 0);
  }

  adaptiveAveragePool(x: MapShape, size: number): MapShape {
    return { ...x, height: size, width: size };
  }

  maxPool(x: MapShape, { kernel, stride, padding }: { kernel: number; stride: number; padding: number }): MapShape {
    return strided(x, kernel, stride, padding);
  }

  spatialMean(x: MapShape): MapShape {
    return { ...x, height: 1, width: 1 };
  }

  subsampleAndPadChannels(x: MapShape, channels: number): MapShape {
    return { ...strided(x, 1, 2, 0), channels };
  }

  targetLayer(name: string, x: MapShape): MapShape {
    this.targetLayers.push({ name, ...x });
    return x;
  }

  classify(name: string, x: MapShape, classes: number): MapShape {
    return this.linear(name, this.spatialMean(x), classes);
  }

  flatten({ channels, height, width }: MapShape): MapShape {
    return { channels: channels * height * width, height: 1, width: 1 };
  }

  linear(name: string, { channels }: MapShape, outputs: number): MapShape {
    this.tensors.push({ name: `${name}.weight`, role: 'linear', shape: [outputs, channels] });
    this.bias(name, outputs, channels);
    return { channels: outputs, height: 1, width: 1 };
  }

  graph({ tensors, layers, classes }: Graph): MapShape {
    this.tensors.push(...tensors);
    this.targetLayers.push(...layers);
    return { channels: classes, height: 1, width: 1 };
  }

  relu = identity;
  relu6 = identity;
  silu = identity;
  gelu = identity;
  hardSwish = identity;
  sigmoid = identity;
  hardSigmoid = identity;
  add = identity;
  scaleChannels = identity;

  private bias(name: string, length: number, fanIn: number): void {
    this.tensors.push({ name: `${name}.bias`, role: 'bias', shape: [length], fanIn });
  }
}

function identity(x: MapShape): MapShape {
  return x;
}

function convolved(x: MapShape, kernel: number, stride: number, padding: PaddingMode): MapShape {
  const size = (length: number): number => convolvedLength(length, kernel, stride, padding);
  return { channels: x.channels, height: size(x.height), width: size(x.width) };
}

function strided(x: MapShape, kernel: number, stride: number, padding: number): MapShape {
  const size = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  return { channels: x.channels, height: size(x.height), width: size(x.width) };
}
