/**
 * What others call the same tensors. An architecture's own names are timm's; torchvision's ResNets have the same ones.
 */
import type { ArchitectureName } from '../../architectures';

export interface Naming {
  readonly name: string;
  readonly architectures: readonly ArchitectureName[];
  /** From timm's name of a tensor to this one's. */
  readonly rename: (name: string) => string;
}

export const NAMINGS: readonly Naming[] = [
  { name: 'torchvision', architectures: ['efficientnet_b0'], rename: torchvisionEfficientnet },
  // kuangliu/pytorch-cifar, from which many CIFAR trainings descend.
  {
    name: 'pytorch-cifar',
    architectures: ['resnet18_cifar', 'resnet18'],
    rename: (name) => name.replace('.downsample.', '.shortcut.').replace(/^fc\./, 'linear.'),
  },
  // CIFAR ResNets whose classifier is called as torchvision's.
  {
    name: 'fc',
    architectures: ['resnet20', 'resnet32', 'resnet44', 'resnet56'],
    rename: (name) => name.replace(/^linear\./, 'fc.'),
  },
];

/** Of a depthwise-separable block, the first, and of the inverted residuals that follow. */
const FIRST_BLOCK = { conv_dw: '0.0', bn1: '0.1', conv_pw: '2.0', bn2: '2.1' };
const OTHER_BLOCKS = { conv_pw: '0.0', bn1: '0.1', conv_dw: '1.0', bn2: '1.1', conv_pwl: '3.0', bn3: '3.1' };
const OUTSIDE = {
  conv_stem: 'features.0.0',
  bn1: 'features.0.1',
  conv_head: 'features.8.0',
  bn2: 'features.8.1',
  classifier: 'classifier.1',
};

function torchvisionEfficientnet(name: string): string {
  const [, stage, repeat, module = '', leaf = ''] = /^(?:blocks\.(\d)\.(\d)\.)?(.+)\.(\w+)$/.exec(name) ?? [];
  if (stage === undefined || repeat === undefined) return `${lookUp(OUTSIDE, module)}.${leaf}`;
  const block = `features.${Number(stage) + 1}.${repeat}.block`;
  const excite = { 'se.conv_reduce': 'fc1', 'se.conv_expand': 'fc2' }[module];
  if (excite !== undefined) return `${block}.${stage === '0' ? 1 : 2}.${excite}.${leaf}`;
  return `${block}.${lookUp(stage === '0' ? FIRST_BLOCK : OTHER_BLOCKS, module)}.${leaf}`;
}

function lookUp(names: Readonly<Record<string, string>>, module: string): string {
  return names[module] ?? module;
}
