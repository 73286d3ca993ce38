/** The sizes of ResNet, ResNeXt and Wide ResNet, by timm's names. */
import type { ResnetSize } from './resnet';
import { cifarStemResnet, resnet } from './resnet';

const SIZES = {
  resnet18: { title: 'ResNet-18', blocks: [2, 2, 2, 2], block: 'basic', millions: '11.2' },
  resnet34: { title: 'ResNet-34', blocks: [3, 4, 6, 3], block: 'basic', millions: '21.3' },
  resnet50: { title: 'ResNet-50', blocks: [3, 4, 6, 3], block: 'bottleneck', millions: '23.5' },
  resnet101: { title: 'ResNet-101', blocks: [3, 4, 23, 3], block: 'bottleneck', millions: '42.5' },
  resnet152: { title: 'ResNet-152', blocks: [3, 8, 36, 3], block: 'bottleneck', millions: '58.2' },
  resnext50_32x4d: {
    title: 'ResNeXt-50 (32×4d)',
    blocks: [3, 4, 6, 3],
    block: 'bottleneck',
    groups: 32,
    groupChannels: 4,
    millions: '23.0',
  },
  resnext101_32x8d: {
    title: 'ResNeXt-101 (32×8d)',
    blocks: [3, 4, 23, 3],
    block: 'bottleneck',
    groups: 32,
    groupChannels: 8,
    millions: '86.8',
  },
  resnext101_64x4d: {
    title: 'ResNeXt-101 (64×4d)',
    blocks: [3, 4, 23, 3],
    block: 'bottleneck',
    groups: 64,
    groupChannels: 4,
    millions: '81.4',
  },
  wide_resnet50_2: {
    title: 'Wide ResNet-50-2',
    blocks: [3, 4, 6, 3],
    block: 'bottleneck',
    groupChannels: 128,
    millions: '66.9',
  },
  wide_resnet101_2: {
    title: 'Wide ResNet-101-2',
    blocks: [3, 4, 23, 3],
    block: 'bottleneck',
    groupChannels: 128,
    millions: '124.9',
  },
} as const satisfies Readonly<Record<string, ResnetSize>>;

const made = (name: keyof typeof SIZES) => resnet(name, SIZES[name]);

export const RESNETS_FOR_CIFAR = {
  resnet18_cifar: cifarStemResnet('resnet18', SIZES.resnet18),
  resnet18_cifar_maxpool: cifarStemResnet('resnet18', SIZES.resnet18, true),
  resnet34_cifar: cifarStemResnet('resnet34', SIZES.resnet34),
  resnet34_cifar_maxpool: cifarStemResnet('resnet34', SIZES.resnet34, true),
  resnet50_cifar: cifarStemResnet('resnet50', SIZES.resnet50),
  resnet50_cifar_maxpool: cifarStemResnet('resnet50', SIZES.resnet50, true),
};

export const RESNETS = {
  resnet18: resnet('resnet18', SIZES.resnet18, {
    lookAlike: 'resnetblur18, which blurs before it halves',
    imagenet: {
      repository: 'timm/resnet18.a1_in1k',
      file: 'model.safetensors',
      revision: '491b427b45c94c7fb0e78b5474cc919aff584bbf',
      bytes: 46_807_446,
      sha256: '80c49dee3da4822c009c5a7fe591e9223c5a2cfcf95a4067ca4dfb5a7b89c612',
      cropFraction: 0.95,
    },
  }),
  resnet34: made('resnet34'),
  resnet50: made('resnet50'),
  resnet101: made('resnet101'),
  resnet152: made('resnet152'),
  resnext50_32x4d: made('resnext50_32x4d'),
  resnext101_32x8d: made('resnext101_32x8d'),
  resnext101_64x4d: made('resnext101_64x4d'),
  wide_resnet50_2: made('wide_resnet50_2'),
  wide_resnet101_2: made('wide_resnet101_2'),
};
