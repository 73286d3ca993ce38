/**
 * VGG with batch norm (Simonyan and Zisserman 2014) for CIFAR, as chenyaofo/pytorch-cifar-models has it: five poolings leave one
 * position of a 32×32 image, and three linear layers follow. Its two dropouts play no part in inference; training here
 * leaves them out.
 */
import type { Architecture, Initialiser, PythonNetwork, TensorDeclaration } from './architecture';
import { constant, fanOut, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { featuresOf, featureTensors, stageOfFeatures, VGG_CHANNELS, VGG_CONVOLUTIONS, type Depth } from './vggFeatures';

const MILLIONS: Readonly<Record<Depth, string>> = { 11: '9.8', 13: '9.9', 16: '15.3', 19: '20.6' };
const HIDDEN = 512;

export function cifarVgg(depth: Depth): Architecture {
  const convolutions = VGG_CONVOLUTIONS[depth];
  return {
    build: (layers, images, classes) => build(layers, images, classes, convolutions),
    description: `VGG-${depth} with batch norm for CIFAR: ${MILLIONS[depth]} million parameters, for 32×32`,
    inputSize: 32,
    // Five poolings of more would leave more positions than the linear layers have weights for.
    largestInputSize: 63,
    head: 'other',
    defaultLayer: `features.${lastRelu(convolutions)}`,
    initialise,
    stageOf: (tensor) => stageOfFeatures(tensor, convolutions, true),
    namings: [],
    tensorCount: featureTensors(convolutions, true) + 6,
    landmarks: ['features.0.weight', 'classifier.3.weight'],
    aliases: [`vgg${depth}_bn`, `cifar10_vgg${depth}_bn`, `cifar100_vgg${depth}_bn`],
    python: (library, classes) => (library === 'timm' ? python(convolutions, classes) : undefined),
  };
}

/** The last feature map with more than one position of a 32×32 image: the last pooling leaves one. */
function lastRelu(convolutions: readonly number[]): number {
  const modules = convolutions.reduce((sum, count) => sum + 3 * count + 1, 0);
  return modules - 2;
}

function build<X>(layers: Layers<X>, images: X, classes: number, convolutions: readonly number[]): X {
  let x = featuresOf(layers, images, convolutions, { hasBatchNorm: true, looksAtLastPool: false });
  x = layers.relu(layers.linear('classifier.0', layers.flatten(x), HIDDEN));
  x = layers.relu(layers.linear('classifier.3', x, HIDDEN));
  return layers.linear('classifier.6', x, classes);
}

/** pytorch-cifar-models': fan-out for convolutions, N(0, 0.01) for linear layers, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution') return fanOut(tensor);
  if (tensor.role === 'linear') return normal(0.01);
  return tensor.role === 'bias' ? constant(0) : onesAndZeros(tensor);
}

/** Neither timm nor torchvision has it with this head. */
function python(convolutions: readonly number[], classes: number): PythonNetwork {
  const groups = convolutions.map((count, group) => `(${VGG_CHANNELS[group]}, ${count})`).join(', ');
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
