import { expect, it } from 'vitest';
import { architecture, declareArchitecture, parameterGroups, type ArchitectureName } from '../../../src/architectures';

const namesOf = (name: ArchitectureName, size: number) => {
  const { tensors } = declareArchitecture(name, size, 10);
  const groups = parameterGroups(tensors, architecture(name).stageOf);
  // Each tensor is in one group, in order.
  expect(groups.flatMap((group) => group.tensors)).toEqual(tensors.map((tensor) => tensor.name));
  return groups.map((group) => group.name);
};

it.each<[ArchitectureName, number, readonly string[]]>([
  ['resnet20', 32, ['stem', 'layer1', 'layer2', 'layer3', 'head']],
  ['resnet56_projection', 32, ['stem', 'layer1', 'layer2', 'layer3', 'head']],
  ['resnet18', 64, ['stem', 'layer1', 'layer2', 'layer3', 'layer4', 'head']],
  ['efficientnet_b0', 64, ['stem', ...Array.from({ length: 7 }, (_, stage) => `blocks.${stage}`), 'conv_head', 'head']],
  ['vgg11_bn_cifar', 32, ['features.0-2', 'features.4-6', 'features.8-13', 'features.15-20', 'features.22-27', 'head']],
])('%s has the groups of its modules', (name, size, expected) => {
  expect(namesOf(name, size)).toEqual(expected);
});

it('the head is what follows the last feature map', () => {
  const headOf = (name: ArchitectureName) =>
    parameterGroups(declareArchitecture(name, 32, 10).tensors, architecture(name).stageOf).at(-1)?.tensors;
  expect(headOf('resnet20')).toEqual(['linear.weight', 'linear.bias']);
  expect(headOf('efficientnet_b0')).toEqual(['classifier.weight', 'classifier.bias']);
  expect(headOf('vgg11_bn_cifar')).toHaveLength(6);
});
