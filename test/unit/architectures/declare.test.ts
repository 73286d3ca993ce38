import { describe, expect, it } from 'vitest';
import {
  ARCHITECTURE_NAMES,
  architecture,
  declareArchitecture,
  type ArchitectureName,
} from '../../../src/architectures';

function parameterCount(name: ArchitectureName, classes = 10): number {
  return declareArchitecture(name, architecture(name).inputSize, classes)
    .tensors.filter(({ role }) => !['runningMean', 'runningVariance', 'batchCount'].includes(role))
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

function lastMap(name: ArchitectureName, inputSize: number) {
  const { channels, height, width } = declareArchitecture(name, inputSize, 10).targetLayers.at(-1) ?? {};
  return [channels, height, width];
}

describe('the number of trainable parameters', () => {
  // timm's, and for the CIFAR ResNets what He et al. 2015 give as 0.27, 0.46, 0.66 and 0.85 million, with their 10
  // classes: 97,216 parameters more for each further block a stage.
  it.each<[ArchitectureName, number]>([
    ['efficientnet_b0', 4_020_358],
    ['resnet18', 11_181_642],
    ['resnet18_cifar', 11_173_962],
    ['resnet20', 269_722],
    ['resnet32', 269_722 + 2 * 97_216],
    ['resnet44', 269_722 + 4 * 97_216],
    ['resnet56', 269_722 + 6 * 97_216],
    ['resnet18_cifar_maxpool', 11_173_962],
    // Two projections: 16·32 and 32·64 weights, and the scales and shifts of their batch norms.
    ['resnet20_projection', 269_722 + 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64],
    // 9.76, 9.94, 15.25 and 20.57 million, as pytorch-cifar-models gives them.
    ['vgg11_bn_cifar', 9_756_426],
    ['vgg13_bn_cifar', 9_941_322],
    ['vgg16_bn_cifar', 15_253_578],
    ['vgg19_bn_cifar', 20_565_834],
  ])('%s has %i', (name, count) => {
    expect(parameterCount(name)).toBe(count);
  });

  it('grows with the classes by a row of the classifier each', () => {
    expect(parameterCount('efficientnet_b0', 1000) - parameterCount('efficientnet_b0', 10)).toBe(990 * 1281);
  });
});

describe('the last feature map', () => {
  it.each([
    [32, 1],
    [64, 2],
    [96, 3],
    [128, 4],
    [160, 5],
    [192, 6],
    [224, 7],
    [33, 2],
    [65, 3],
    [225, 8],
  ])('of efficientnet_b0 at %i is %i a side', (inputSize, side) => {
    expect(lastMap('efficientnet_b0', inputSize)).toEqual([1280, side, side]);
    expect(lastMap('resnet18', inputSize)).toEqual([512, side, side]);
  });

  it.each([
    [32, 4, 8],
    [33, 5, 9],
    [34, 5, 9],
    [35, 5, 9],
    [36, 5, 9],
    [37, 5, 10],
    [64, 8, 16],
  ])('of the networks for 32×32 at %i', (inputSize, side18, side20) => {
    expect(lastMap('resnet18_cifar', inputSize)).toEqual([512, side18, side18]);
    expect(lastMap('resnet20', inputSize)).toEqual([64, side20, side20]);
    expect(lastMap('resnet56', inputSize)).toEqual([64, side20, side20]);
  });
});

describe('the declarations', () => {
  it.each(ARCHITECTURE_NAMES)('%s: every name once, every shape whole', (name) => {
    const { tensors, targetLayers } = declareArchitecture(name, 32, 10);
    expect(new Set(tensors.map((tensor) => tensor.name)).size).toBe(tensors.length);
    expect(new Set(targetLayers.map((targetLayer) => targetLayer.name)).size).toBe(targetLayers.length);
    for (const { shape } of tensors) expect(shape.every((side) => Number.isInteger(side) && side > 0)).toBe(true);
    for (const { height, width, channels } of targetLayers)
      expect([height > 0, width > 0, channels > 0]).toEqual([true, true, true]);
  });

  it('names the stages as PyTorch does', () => {
    const names = (name: ArchitectureName) =>
      declareArchitecture(name, 32, 10).targetLayers.map((targetLayer) => targetLayer.name);
    expect(names('resnet20')).toEqual([
      'act1',
      ...[1, 2, 3].flatMap((group) => [0, 1, 2].map((block) => `layer${group}.${block}`)),
    ]);
    expect(names('resnet18').at(-1)).toBe('layer4.1');
    expect(names('efficientnet_b0')).toHaveLength(1 + 16 + 1);
    expect(names('efficientnet_b0').at(-1)).toBe('bn2');
  });
});

describe('initialisation', () => {
  const initialiser = (name: ArchitectureName, tensorName: string) => {
    const tensor = declareArchitecture(name, 32, 10).tensors.find((candidate) => candidate.name === tensorName);
    if (tensor === undefined) throw new Error(`no ${tensorName}`);
    return architecture(name).initialise(tensor);
  };

  it('is timm’s for EfficientNet: fan-out, of one filter where depthwise; the classifier by its outputs', () => {
    expect(initialiser('efficientnet_b0', 'conv_stem.weight')).toEqual({
      kind: 'normal',
      standardDeviation: Math.sqrt(2 / (32 * 9)),
    });
    expect(initialiser('efficientnet_b0', 'blocks.2.0.conv_dw.weight')).toEqual({
      kind: 'normal',
      standardDeviation: Math.sqrt(2 / 25),
    });
    expect(initialiser('efficientnet_b0', 'classifier.weight')).toEqual({ kind: 'uniform', bound: 1 / Math.sqrt(10) });
    expect(initialiser('efficientnet_b0', 'classifier.bias')).toEqual({ kind: 'constant', value: 0 });
    expect(initialiser('efficientnet_b0', 'blocks.0.0.se.conv_reduce.bias')).toEqual({ kind: 'constant', value: 0 });
  });

  it('is timm’s for ResNet: each block begins as the identity', () => {
    expect(initialiser('resnet18', 'layer2.1.bn2.weight')).toEqual({ kind: 'constant', value: 0 });
    expect(initialiser('resnet18', 'layer2.1.bn1.weight')).toEqual({ kind: 'constant', value: 1 });
    expect(initialiser('resnet18', 'layer2.0.downsample.1.weight')).toEqual({ kind: 'constant', value: 1 });
    expect(initialiser('resnet18', 'fc.bias')).toEqual({ kind: 'uniform', bound: 1 / Math.sqrt(512) });
  });

  it('is PyTorch’s default for the CIFAR ResNets', () => {
    expect(initialiser('resnet20', 'conv1.weight')).toEqual({ kind: 'uniform', bound: 1 / Math.sqrt(27) });
    expect(initialiser('resnet20', 'layer3.0.bn2.weight')).toEqual({ kind: 'constant', value: 1 });
    expect(initialiser('resnet20', 'linear.bias')).toEqual({ kind: 'uniform', bound: 1 / 8 });
  });
});
