/** ResNet-18 (He et al. 2015), as timm and torchvision have it and with two stems for 32×32 images. */
import type { Architecture, Initialiser, Naming, PythonNetwork, TensorDeclaration } from './architecture';
import { constant, defaultBias, fanIn, fanOut, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';

const STAGE_CHANNELS = [64, 128, 256, 512];

/** kuangliu/pytorch-cifar, from which many CIFAR trainings descend. */
const PYTORCH_CIFAR: Naming = {
  name: 'pytorch-cifar',
  rename: (name) => name.replace('.downsample.', '.shortcut.').replace(/^fc\./, 'linear.'),
};

const SHARED = {
  head: 'gapLinear',
  initialise,
  namings: [PYTORCH_CIFAR],
  aliases: [],
} as const;

/** timm's `resnet18`: a 7×7 stem at stride 2 and max pooling, for images of ImageNet's size. */
export const resnet18: Architecture = {
  ...SHARED,
  build: (layers, images, classes) => body(layers, maxPool(layers, stem(layers, images, 7, 2)), classes),
  description: 'ResNet-18: 11.2 million parameters, made for 224×224',
  inputSize: 224,
  lookAlike: 'resnetblur18, which blurs before it halves',
  imagenet: {
    repository: 'timm/resnet18.a1_in1k',
    file: 'model.safetensors',
    revision: '491b427b45c94c7fb0e78b5474cc919aff584bbf',
    bytes: 46_807_446,
    sha256: '80c49dee3da4822c009c5a7fe591e9223c5a2cfcf95a4067ca4dfb5a7b89c612',
    cropFraction: 0.95,
  },
  python: (library, classes) => createdBy(library, 'resnet18', classes),
};

/** A 3×3 stem at stride 1 and no max pooling, so that a 32×32 image ends as a 4×4 map. */
export const resnet18Cifar: Architecture = {
  ...SHARED,
  build: (layers, images, classes) => body(layers, stem(layers, images, 3, 1), classes),
  description: 'ResNet-18 with a 3×3 stride-1 stem and no max-pool, for 32×32',
  inputSize: 32,
  lookAlike: 'resnet18_cifar_maxpool, with a max pool behind its first convolution, such as PyTorch_CIFAR10’s',
  python: (library, classes) => withSmallStem(library, classes, ['model.maxpool = nn.Identity()']),
};

/** The same stem with max pooling behind it, as huyvnphan/PyTorch_CIFAR10 has it: a 32×32 image ends as a 2×2 map. */
export const resnet18CifarMaxPool: Architecture = {
  ...SHARED,
  build: (layers, images, classes) => body(layers, maxPool(layers, stem(layers, images, 3, 1)), classes),
  description: 'ResNet-18 with a 3×3 stride-1 stem and a max-pool, for 32×32',
  inputSize: 32,
  lookAlike: 'resnet18_cifar, without a max pool',
  python: (library, classes) => withSmallStem(library, classes, []),
};

function withSmallStem(library: 'timm' | 'torchvision', classes: number, more: readonly string[]): PythonNetwork {
  const { imports, lines } = createdBy(library, 'resnet18', classes);
  const stemLine = 'model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)';
  return { imports: [...imports, 'import torch.nn as nn'], lines: [...lines, stemLine, ...more] };
}

/** timm's ResNet: He's fan-out for convolutions, PyTorch's default for the classifier, zero scale at each block's end. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution') return fanOut(tensor);
  if (tensor.role === 'linear') return fanIn(tensor);
  if (tensor.role === 'bias') return defaultBias(tensor);
  return /^layer\d\.\d\.bn2\.weight$/.test(tensor.name) ? constant(0) : onesAndZeros(tensor);
}

function stem<X>(layers: Layers<X>, images: X, kernel: number, stride: number): X {
  const x = layers.conv2d('conv1', images, { filters: 64, kernel, stride });
  return layers.targetLayer('act1', layers.relu(layers.batchNorm('bn1', x)));
}

function maxPool<X>(layers: Layers<X>, x: X): X {
  return layers.maxPool(x, { kernel: 3, stride: 2, padding: 1 });
}

function body<X>(layers: Layers<X>, input: X, classes: number): X {
  let x = input;
  let channels = 64;
  STAGE_CHANNELS.forEach((filters, index) => {
    for (let block = 0; block < 2; block++) {
      const name = `layer${index + 1}.${block}`;
      const stride = index > 0 && block === 0 ? 2 : 1;
      x = layers.targetLayer(name, basicBlock(layers, name, x, { channels, filters, stride }));
      channels = filters;
    }
  });
  return layers.classify('fc', x, classes);
}

/** The size of a basic block: channels that come in, filters, and the stride of its first convolution. */
export interface BasicBlock {
  readonly channels: number;
  readonly filters: number;
  readonly stride: number;
}

/**
 * He et al. 2015: two 3×3 convolutions beside a shortcut. Where the shape changes, the shortcut is a 1×1 convolution with
 * batch norm (option B), or without parameters (option A).
 */
export function basicBlock<X>(
  layers: Layers<X>,
  name: string,
  x: X,
  { channels, filters, stride }: BasicBlock,
  option: 'A' | 'B' = 'B',
): X {
  let y = layers.conv2d(`${name}.conv1`, x, { filters, kernel: 3, stride });
  y = layers.relu(layers.batchNorm(`${name}.bn1`, y));
  y = layers.conv2d(`${name}.conv2`, y, { filters, kernel: 3 });
  y = layers.batchNorm(`${name}.bn2`, y);
  if (stride === 1 && channels === filters) return layers.relu(layers.add(y, x));
  if (option === 'A') return layers.relu(layers.add(y, layers.subsampleAndPadChannels(x, filters)));
  const shortcut = layers.conv2d(`${name}.downsample.0`, x, { filters, kernel: 1, stride });
  return layers.relu(layers.add(y, layers.batchNorm(`${name}.downsample.1`, shortcut)));
}
