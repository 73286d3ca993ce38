import { expect, test } from 'vitest';
import { declareArchitecture } from '../../../../src/architectures';
import { fusions } from '../../../../src/extension/editor/fusions';

const offered = (...of: Parameters<typeof declareArchitecture>) =>
  fusions(declareArchitecture(...of).targetLayers).map(({ name }) => name);

test('fusions are offered of the last layer of each of the smallest sizes of maps', () => {
  expect(offered('resnet20', 32, 10)).toEqual([
    'mean(layer1.2, layer2.2, layer3.2)',
    'maximum(layer1.2, layer2.2, layer3.2)',
    'mean(layer2.2, layer3.2)',
    'maximum(layer2.2, layer3.2)',
  ]);
  expect(offered('efficientnet_b0', 224, 10)[2]).toBe('mean(blocks.4.2, bn2)');
});
