/**
 * VGG with batch norm (Simonyan and Zisserman 2014) for CIFAR, as chenyaofo/pytorch-cifar-models has it: five poolings leave one
 * position of a 32×32 image, and three linear layers follow. Its two dropouts play no part in inference; training here
 * leaves them out.
 */
import type { Architecture, Initialiser, PythonNetwork, TensorDeclaration } from './architecture';
import { constant, fanOut, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';

type Depth = 11 | 13 | 16 | 19;

const GROUP_CHANNELS = [64, 128, 256, 512, 512];
/** Convolutions in each of the five groups: configurations A, B, D and E. */
const CONVOLUTIONS: Readonly<Record<Depth, readonly number[]>> = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
};
const MILLIONS: Readonly<Record<Depth, string>> = { 11: '9.8', 13: '9.9', 16: '15.3', 19: '20.6' };
const HIDDEN = 512;
/** Modules of a convolution in `features`: itself, its batch norm, its ReLU. A pooling is one. */
const MODULES = 3;

export function cifarVgg(depth: Depth): Architecture {
  const convolutions = CONVOLUTIONS[depth];
  return {
    build: (layers, images, classes) => build(layers, images, classes, convolutions),
    description: `VGG-${depth} with batch norm for CIFAR: ${MILLIONS[depth]} million parameters, for 32×32`,
    inputSize: 32,
    // Five poolings of more would leave more positions than the linear layers have weights for.
    largestInputSize: 63,
    head: 'other',
    defaultLayer: `features.${lastRelu(convolutions)}`,
    initialise,
    stageOf: (tensor) => stageOf(tensor, convolutions),
    namings: [],
    aliases: [`vgg${depth}_bn`, `cifar10_vgg${depth}_bn`, `cifar100_vgg${depth}_bn`],
    python: (library, classes) => (library === 'timm' ? python(convolutions, classes) : undefined),
  };
}

/** The last feature map with more than one position of a 32×32 image: the last pooling leaves one. */
function lastRelu(convolutions: readonly number[]): number {
  const modules = convolutions.reduce((sum, count) => sum + MODULES * count + 1, 0);
  return modules - 2;
}

function build<X>(layers: Layers<X>, images: X, classes: number, convolutions: readonly number[]): X {
  let x = images;
  let module = 0;
  convolutions.forEach((count, group) => {
    for (let convolution = 0; convolution < count; convolution++) {
      const name = `features.${module}`;
      x = layers.conv2d(name, x, { filters: GROUP_CHANNELS[group] ?? 0, kernel: 3, bias: true });
      const normName = `features.${module + 1}`;
      x = layers.batchNorm(normName, layers.targetLayer(name, x));
      x = layers.relu(layers.targetLayer(normName, x));
      x = layers.targetLayer(`features.${module + 2}`, x);
      module += MODULES;
    }
    x = layers.maxPool(x, { kernel: 2, stride: 2, padding: 0 });
    if (group < convolutions.length - 1) x = layers.targetLayer(`features.${module}`, x);
    module++;
  });
  x = layers.relu(layers.linear('classifier.0', layers.flatten(x), HIDDEN));
  x = layers.relu(layers.linear('classifier.3', x, HIDDEN));
  return layers.linear('classifier.6', x, classes);
}

/** "features.7-12": the modules between two poolings. */
function stageOf(tensor: string, convolutions: readonly number[]): string | undefined {
  const module = Number(/^features\.(\d+)\./.exec(tensor)?.[1]);
  let first = 0;
  for (const count of convolutions) {
    const last = first + MODULES * count - 1;
    if (module <= last) return `features.${first}-${last}`;
    // The pooling is between them.
    first = last + 2;
  }
  return undefined;
}

/** pytorch-cifar-models': fan-out for convolutions, N(0, 0.01) for linear layers, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution') return fanOut(tensor);
  if (tensor.role === 'linear') return normal(0.01);
  return tensor.role === 'bias' ? constant(0) : onesAndZeros(tensor);
}

/** Neither timm nor torchvision has it with this head. */
function python(convolutions: readonly number[], classes: number): PythonNetwork {
  const groups = convolutions.map((count, group) => `(${GROUP_CHANNELS[group]}, ${count})`).join(', ');
  return {
    imports: ['import torch.nn as nn'],
    lines: `
class CifarVgg(nn.Module):
    def __init__(self, groups, classes):
        super().__init__()
        layers, inputs = [], 3
        for channels, convolutions in groups:
            for _ in range(convolutions):
                layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.BatchNorm2d(channels), nn.ReLU()]
                inputs = channels
            layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers)
        hidden = [nn.Linear(512, 512), nn.ReLU(), nn.Dropout(), nn.Linear(512, 512), nn.ReLU(), nn.Dropout()]
        self.classifier = nn.Sequential(*hidden, nn.Linear(512, classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


model = CifarVgg([${groups}], ${classes})`.split('\n'),
  };
}
