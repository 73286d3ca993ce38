/**
 * ResNet (He et al. 2015), ResNeXt (Xie et al. 2016) and Wide ResNet (Zagoruyko and Komodakis 2016) as timm and torchvision
 * have them: a bottleneck's stride is in its 3×3 convolution. Some also with stems for 32×32 images.
 */
import type {
  Architecture,
  Initialiser,
  Naming,
  PublishedWeights,
  PythonNetwork,
  TensorDeclaration,
} from './architecture';
import { constant, defaultBias, fanIn, fanOut, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';
import { basicBlock, bottleneck } from './residualBlocks';

export interface ResnetSize {
  /** As a person calls it. */
  readonly title: string;
  /** In each of the four stages. */
  readonly blocks: readonly [number, number, number, number];
  readonly block: 'basic' | 'bottleneck';
  /** Of a bottleneck's 3×3 convolution; 1 where absent. */
  readonly groups?: number;
  /** Channels of a group in the first stage; 64 where absent. */
  readonly groupChannels?: number;
  /** Of parameters, with 10 classes. */
  readonly millions: string;
}

const STAGE_CHANNELS = [64, 128, 256, 512];
/** Of a bottleneck's output, as many times its filters. */
const EXPANSION = 4;

/** kuangliu/pytorch-cifar, from which many CIFAR trainings descend. */
const PYTORCH_CIFAR: Naming = {
  name: 'pytorch-cifar',
  rename: (name) => name.replace('.downsample.', '.shortcut.').replace(/^fc\./, 'linear.'),
};

const SHARED = {
  head: 'gapLinear',
  namings: [PYTORCH_CIFAR],
  landmarks: ['layer1.0.conv1.weight', 'layer3.0.conv1.weight'],
  aliases: [],
} as const;

/** A 7×7 stem at stride 2 and max pooling, for images of ImageNet's size. */
export function resnet(
  name: string,
  size: ResnetSize,
  more: { readonly lookAlike?: string; readonly imagenet?: PublishedWeights } = {},
): Architecture {
  return {
    ...SHARED,
    ...more,
    tensorCount: tensorCountOf(size),
    initialise: (tensor) => initialise(tensor, size),
    build: (layers, images, classes) => body(layers, maxPool(layers, stem(layers, images, 7, 2)), classes, size),
    description: `${size.title}: ${size.millions} million parameters, made for 224×224`,
    inputSize: 224,
    python: (library, classes) => createdBy(library, name, classes),
  };
}

/**
 * A 3×3 stem at stride 1, so that a 32×32 image ends as a 4×4 map; with max pooling behind it, as huyvnphan/PyTorch_CIFAR10
 * has it, as a 2×2 map.
 * @param name without `_cifar`
 */
export function cifarStemResnet(name: string, size: ResnetSize, hasMaxPool = false): Architecture {
  const own = `${name}_cifar`;
  return {
    ...SHARED,
    tensorCount: tensorCountOf(size),
    initialise: (tensor) => initialise(tensor, size),
    build: (layers, images, classes) => {
      const x = stem(layers, images, 3, 1);
      return body(layers, hasMaxPool ? maxPool(layers, x) : x, classes, size);
    },
    description: `${size.title} with a 3×3 stride-1 stem and ${hasMaxPool ? 'a' : 'no'} max-pool, for 32×32`,
    inputSize: 32,
    lookAlike: hasMaxPool
      ? `${own}, without a max pool`
      : `${own}_maxpool, with a max pool behind its first convolution, such as PyTorch_CIFAR10’s`,
    python: (library, classes) =>
      withSmallStem(library, name, classes, hasMaxPool ? [] : ['model.maxpool = nn.Identity()']),
  };
}

/** A convolution with its batch norm has five tensors, the classifier two. */
function tensorCountOf({ blocks, block }: ResnetSize): number {
  const [convolutions, projections] = block === 'basic' ? [2, 3] : [3, 4];
  const inBlocks = blocks.reduce((sum, count) => sum + count * convolutions, 0);
  return 5 * (1 + inBlocks + projections) + 2;
}

function withSmallStem(
  library: 'timm' | 'torchvision',
  name: string,
  classes: number,
  more: readonly string[],
): PythonNetwork {
  const { imports, lines } = createdBy(library, name, classes);
  const stemLine = 'model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)';
  return { imports: [...imports, 'import torch.nn as nn'], lines: [...lines, stemLine, ...more] };
}

/** timm's ResNet: He's fan-out for convolutions, PyTorch's default for the classifier, zero scale at each block's end. */
function initialise(tensor: TensorDeclaration, { block }: ResnetSize): Initialiser {
  if (tensor.role === 'convolution') return fanOut(tensor);
  if (tensor.role === 'linear') return fanIn(tensor);
  if (tensor.role === 'bias') return defaultBias(tensor);
  const last = block === 'basic' ? 'bn2' : 'bn3';
  return tensor.name.startsWith('layer') && tensor.name.endsWith(`.${last}.weight`)
    ? constant(0)
    : onesAndZeros(tensor);
}

function stem<X>(layers: Layers<X>, images: X, kernel: number, stride: number): X {
  const x = layers.conv2d('conv1', images, { filters: 64, kernel, stride });
  return layers.targetLayer('act1', layers.relu(layers.batchNorm('bn1', x)));
}

function maxPool<X>(layers: Layers<X>, x: X): X {
  return layers.maxPool(x, { kernel: 3, stride: 2, padding: 1 });
}

function body<X>(layers: Layers<X>, input: X, classes: number, size: ResnetSize): X {
  const { blocks, block, groups = 1, groupChannels = 64 } = size;
  let x = input;
  let channels = 64;
  STAGE_CHANNELS.forEach((planes, index) => {
    for (let at = 0; at < (blocks[index] ?? 0); at++) {
      const name = `layer${index + 1}.${at}`;
      const stride = index > 0 && at === 0 ? 2 : 1;
      if (block === 'basic') x = basicBlock(layers, name, x, { channels, filters: planes, stride });
      else {
        const inner = Math.floor((planes * groupChannels) / 64) * groups;
        x = bottleneck(layers, name, x, { channels, inner, filters: EXPANSION * planes, stride, groups });
      }
      x = layers.targetLayer(name, x);
      channels = block === 'basic' ? planes : EXPANSION * planes;
    }
  });
  return layers.classify('fc', x, classes);
}
