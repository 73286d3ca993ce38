/**
 * The CIFAR ResNets of He et al. 2015, section 4.2: depth 6·n + 2, three groups of 16, 32 and 64 channels. A 32×32 image ends
 * as 8×8. Shortcuts are without parameters (option A), or projections (option B, as chenyaofo/pytorch-cifar-models has them).
 */
import type { Architecture, PythonNetwork, TensorDeclaration } from './architecture';
import { defaultBias, fanIn, fanOut, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { basicBlock } from './residualBlocks';

type Depth = 20 | 32 | 44 | 56;

const GROUP_CHANNELS = [16, 32, 64];
const LANDMARKS = ['layer1.0.conv1.weight', 'layer3.0.conv1.weight'];
const MILLIONS: Readonly<Record<Depth, string>> = { 20: '0.27', 32: '0.46', 44: '0.66', 56: '0.85' };

export function cifarResnet(depth: Depth): Architecture {
  return {
    build: (layers, images, classes) => build(layers, images, classes, depth, 'A'),
    description: `CIFAR ResNet-${depth}: ${MILLIONS[depth]} million parameters`,
    inputSize: 32,
    head: 'gapLinear',
    initialise: (tensor) => initialise(tensor, fanIn),
    // CIFAR ResNets whose classifier is called as torchvision's.
    namings: [{ name: 'fc', rename: (name) => name.replace(/^linear\./, 'fc.') }],
    tensorCount: 5 * (depth - 1) + 2,
    landmarks: LANDMARKS,
    aliases: [],
    python: (library, classes) => (library === 'timm' ? python(depth, classes, 'A') : undefined),
  };
}

export function cifarResnetWithProjection(depth: Depth): Architecture {
  return {
    build: (layers, images, classes) => build(layers, images, classes, depth, 'B'),
    description: `CIFAR ResNet-${depth} with projection shortcuts, as pytorch-cifar-models has it`,
    inputSize: 32,
    head: 'gapLinear',
    initialise: (tensor) => initialise(tensor, fanOut),
    namings: [
      { name: 'linear', rename: (name) => name.replace(/^fc\./, 'linear.') },
      {
        name: 'pytorch-cifar',
        rename: (name) => name.replace('.downsample.', '.shortcut.').replace(/^fc\./, 'linear.'),
      },
    ],
    // Two of its shortcuts are projections.
    tensorCount: 5 * (depth + 1) + 2,
    landmarks: LANDMARKS,
    aliases: [`cifar10_resnet${depth}`, `cifar100_resnet${depth}`],
    python: (library, classes) => (library === 'timm' ? python(depth, classes, 'B') : undefined),
  };
}

/** PyTorch's defaults: U(±1/√fan-in) for the classifier and its bias. */
function initialise(tensor: TensorDeclaration, ofConvolution: typeof fanIn) {
  if (tensor.role === 'convolution') return ofConvolution(tensor);
  if (tensor.role === 'linear') return fanIn(tensor);
  return tensor.role === 'bias' ? defaultBias(tensor) : onesAndZeros(tensor);
}

function build<X>(layers: Layers<X>, images: X, classes: number, depth: Depth, option: 'A' | 'B'): X {
  let x = layers.conv2d('conv1', images, { filters: 16, kernel: 3 });
  x = layers.targetLayer('act1', layers.relu(layers.batchNorm('bn1', x)));
  let channels = 16;
  GROUP_CHANNELS.forEach((filters, index) => {
    for (let block = 0; block < blocksOf(depth); block++) {
      const name = `layer${index + 1}.${block}`;
      const stride = index > 0 && block === 0 ? 2 : 1;
      x = layers.targetLayer(name, basicBlock(layers, name, x, { channels, filters, stride }, option));
      channels = filters;
    }
  });
  return layers.classify(CLASSIFIER[option], x, classes);
}

/** What the classifier is called in the codes that these networks are known by. */
const CLASSIFIER = { A: 'linear', B: 'fc' } as const;

/** In each group. */
function blocksOf(depth: Depth): number {
  return (depth - 2) / 6;
}

function python(depth: Depth, classes: number, option: 'A' | 'B'): PythonNetwork {
  return {
    imports: ['import torch.nn as nn', 'import torch.nn.functional as F'],
    lines: [...pythonClasses(option), `model = CifarResNet(${blocksOf(depth)}, ${classes})`],
  };
}

const SHORTCUT_LINES = {
  A: `        self.pad = (outputs - inputs) // 2

    def shortcut(self, x):
        return x if self.pad == 0 else F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.pad, self.pad))`,
  B: `        self.downsample = None
        if inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def shortcut(self, x):
        return x if self.downsample is None else self.downsample(x)`,
} as const;

/** Neither timm nor torchvision has them. */
function pythonClasses(option: 'A' | 'B'): string[] {
  return `
class Block(nn.Module):
    """He et al. 2015, section 4.2: two 3x3 convolutions and a shortcut (option ${option})."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
${SHORTCUT_LINES[option]}

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.shortcut(x))


class CifarResNet(nn.Module):
    def __init__(self, blocks, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        for group, (inputs, outputs) in enumerate([(16, 16), (16, 32), (32, 64)], 1):
            first = Block(inputs, outputs, 1 if group == 1 else 2)
            rest = [Block(outputs, outputs, 1) for _ in range(blocks - 1)]
            setattr(self, f"layer{group}", nn.Sequential(first, *rest))
        self.${CLASSIFIER[option]} = nn.Linear(64, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return self.${CLASSIFIER[option]}(self.layer3(self.layer2(self.layer1(x))).mean((2, 3)))

`.split('\n');
}
