/** The lines of Python that load an exported file: complete, so that they run as they are. */
import type { ArchitectureName } from '../../architectures';
import type { InputSettings } from '../../models/input';
import type { ExportNames } from './names';

export interface Exported {
  readonly architecture: ArchitectureName;
  readonly names: ExportNames;
  /** As Python is to open it. */
  readonly path: string;
  /** Undefined where nobody knows. */
  readonly input: InputSettings | undefined;
  readonly classes: number;
}

export function pythonLines({ path, input, ...network }: Exported): string {
  return [
    ...networkLines(network),
    `model.load_state_dict(load_file(${JSON.stringify(path)}))`,
    'model.eval()',
    ...(input === undefined ? [] : inputLines(input)),
    '',
  ].join('\n');
}

/** The lines that make the network, with random weights, as `model`. */
export function networkLines({ architecture, names, classes }: Omit<Exported, 'path' | 'input'>): string[] {
  const { imports, lines } = creation(architecture, names, classes);
  return [...imports, '', ...lines];
}

function inputLines({ inputSize, mean, std }: InputSettings): string[] {
  return [
    `# Images: RGB in [0, 1], ${inputSize}×${inputSize}, shape [n, 3, ${inputSize}, ${inputSize}], normalised with`,
    `# mean ${mean.join(', ')} and standard deviation ${std.join(', ')}.`,
  ];
}

const LOAD = 'from safetensors.torch import load_file';

function creation(
  architecture: ArchitectureName,
  names: ExportNames,
  classes: number,
): { imports: string[]; lines: string[] } {
  const isTimm = names === 'timm';
  const create = (name: string): string =>
    isTimm
      ? `model = timm.create_model("${name}", num_classes=${classes})`
      : `model = torchvision.models.${name}(num_classes=${classes})`;
  const library = isTimm ? 'import timm' : 'import torchvision';
  switch (architecture) {
    case 'efficientnet_b0':
    case 'resnet18':
      return { imports: [library, LOAD], lines: [create(architecture)] };
    case 'resnet18_cifar':
      return {
        imports: [library, 'import torch.nn as nn', LOAD],
        lines: [
          create('resnet18'),
          'model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)',
          'model.maxpool = nn.Identity()',
        ],
      };
    default:
      return {
        imports: ['import torch.nn as nn', 'import torch.nn.functional as F', LOAD],
        lines: [
          ...CIFAR_RESNET,
          '',
          `model = CifarResNet(${(Number(architecture.slice('resnet'.length)) - 2) / 6}, ${classes})`,
        ],
      };
  }
}

/** Neither timm nor torchvision has them. */
const CIFAR_RESNET = `
class Block(nn.Module):
    """He et al. 2015, section 4.2: two 3x3 convolutions and a shortcut without parameters."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.pad = (outputs - inputs) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.pad == 0 else F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.pad, self.pad))))


class CifarResNet(nn.Module):
    def __init__(self, blocks, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        for stage, (inputs, outputs) in enumerate([(16, 16), (16, 32), (32, 64)], 1):
            first = Block(inputs, outputs, 1 if stage == 1 else 2)
            rest = [Block(outputs, outputs, 1) for _ in range(blocks - 1)]
            setattr(self, f"layer{stage}", nn.Sequential(first, *rest))
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return self.linear(self.layer3(self.layer2(self.layer1(x))).mean((2, 3)))
`
  .split('\n')
  .slice(0, -1);
