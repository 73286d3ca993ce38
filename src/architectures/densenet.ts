/** DenseNet (Huang et al. 2017), as timm and torchvision have it: each layer of a block sees what all before it gave. */
import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { constant, fanIn, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';

interface Size {
  /** In each of the four blocks. */
  readonly layers: readonly number[];
  /** Channels that a layer adds. */
  readonly growth: number;
  readonly stem: number;
  /** Of parameters, with 10 classes. */
  readonly millions: string;
}

const SIZES = {
  121: { layers: [6, 12, 24, 16], growth: 32, stem: 64, millions: '7.0' },
  161: { layers: [6, 12, 36, 24], growth: 48, stem: 96, millions: '26.5' },
  169: { layers: [6, 12, 32, 32], growth: 32, stem: 64, millions: '12.5' },
  201: { layers: [6, 12, 48, 32], growth: 32, stem: 64, millions: '18.1' },
} as const satisfies Readonly<Record<number, Size>>;

/** Of the 1×1 convolution in a layer, as many times the growth. */
const BOTTLENECK = 4;

function densenet(depth: keyof typeof SIZES): Architecture {
  const size = SIZES[depth];
  const last = `denseblock4.denselayer${size.layers[3]}`;
  return {
    build: (layers, images, classes) => build(layers, images, classes, size),
    description: `DenseNet-${depth}: ${size.millions} million parameters, made for 224×224`,
    inputSize: 224,
    head: 'gapLinear',
    initialise,
    stageOf: (tensor) => /^features\.(denseblock\d|transition\d)\./.exec(tensor)?.[1],
    namings: [{ name: 'first torchvision', rename: firstNames }],
    // Of layers, of transitions, before the first block, and behind the last.
    tensorCount: 10 * size.layers.reduce((sum, count) => sum + count, 0) + 5 * 3 + 5 + 4 + 2,
    landmarks: [
      'features.denseblock1.denselayer1.norm1.weight',
      `features.${last}.conv2.weight`,
      'features.denseblock1.denselayer1.norm.1.weight',
      `features.${last}.conv.2.weight`,
    ],
    aliases: [],
    python: (library, classes) => createdBy(library, `densenet${depth}`, classes),
  };
}

export const DENSENETS = {
  densenet121: densenet(121),
  densenet161: densenet(161),
  densenet169: densenet(169),
  densenet201: densenet(201),
};

/** torchvision's: He's fan-in for convolutions, PyTorch's default for the classifier, whose bias is zero. */
function initialise(tensor: TensorDeclaration): Initialiser {
  const [, inputs = 1, height = 1, width = 1] = tensor.shape;
  if (tensor.role === 'convolution') return normal(Math.sqrt(2 / (inputs * height * width)));
  if (tensor.role === 'linear') return fanIn(tensor);
  return tensor.role === 'bias' ? constant(0) : onesAndZeros(tensor);
}

function build<X>(layers: Layers<X>, images: X, classes: number, size: Size): X {
  let x = layers.conv2d('features.conv0', images, { filters: size.stem, kernel: 7, stride: 2 });
  x = layers.targetLayer('features.norm0', layers.relu(layers.batchNorm('features.norm0', x)));
  x = layers.targetLayer('features.pool0', layers.maxPool(x, { kernel: 3, stride: 2, padding: 1 }));
  let channels = size.stem;
  size.layers.forEach((count, index) => {
    const block = `features.denseblock${index + 1}`;
    x = layers.targetLayer(block, denseBlock(layers, block, x, count, size.growth));
    channels += count * size.growth;
    if (index === size.layers.length - 1) return;
    const name = `features.transition${index + 1}`;
    channels = Math.floor(channels / 2);
    x = layers.relu(layers.batchNorm(`${name}.norm`, x));
    x = layers.conv2d(`${name}.conv`, x, { filters: channels, kernel: 1 });
    x = layers.targetLayer(name, layers.averagePool(x, { kernel: 2, stride: 2 }));
  });
  x = layers.targetLayer('features.norm5', layers.relu(layers.batchNorm('features.norm5', x)));
  return layers.classify('classifier', x, classes);
}

function denseBlock<X>(layers: Layers<X>, name: string, input: X, count: number, growth: number): X {
  let x = input;
  for (let layer = 1; layer <= count; layer++) {
    const own = `${name}.denselayer${layer}`;
    let y = layers.relu(layers.batchNorm(`${own}.norm1`, x));
    y = layers.conv2d(`${own}.conv1`, y, { filters: BOTTLENECK * growth, kernel: 1 });
    y = layers.relu(layers.batchNorm(`${own}.norm2`, y));
    x = layers.concatenate([x, layers.conv2d(`${own}.conv2`, y, { filters: growth, kernel: 3 })]);
  }
  return x;
}

/** `norm.1` and `conv.1`, as torchvision's own files have them still. */
function firstNames(tensor: string): string {
  return tensor.replace(/(denselayer\d+\.)(norm|conv)([12])\./, '$1$2.$3.');
}
