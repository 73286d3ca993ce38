import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { closedFormLayer } from '../../../src/architectures';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { createModel } from '../../../src/models/model';

describe('the target layer', () => {
  const efficientnet = createModel('efficientnet_b0', 224, 10);
  const resnet18 = createModel('resnet18', 224, 10);
  const resnet20 = createModel('resnet20', 32, 10);

  it('auto is what the classifier averages', () => {
    expect(requireTargetLayer(efficientnet, 'auto')).toEqual({ name: 'bn2', channels: 1280, height: 7, width: 7 });
    expect(requireTargetLayer(resnet18, 'auto')).toEqual({ name: 'layer4.1', channels: 512, height: 7, width: 7 });
    expect(requireTargetLayer(resnet20, 'auto')).toEqual({ name: 'layer3.2', channels: 64, height: 8, width: 8 });
  });

  it('auto of VGG is the last that has several positions', () => {
    const vgg = createModel('vgg16_bn_cifar', 32, 10);
    expect(requireTargetLayer(vgg, 'auto')).toEqual({ name: 'features.42', channels: 512, height: 2, width: 2 });
    expect(requireTargetLayer(vgg, 'features').name).toBe('features.42');
    expect(requireTargetLayer(vgg, 'features.33').height).toBe(2);
  });

  it('every module of VGG’s features is one, but the last pooling, which leaves one position', () => {
    const { targetLayers } = createModel('vgg16_bn_cifar', 32, 10);
    expect(targetLayers.map(({ name }) => name)).toEqual(Array.from({ length: 43 }, (_, at) => `features.${at}`));
  });

  it('has a closed form only behind which an average and one linear layer follow', () => {
    expect(closedFormLayer(resnet20)?.name).toBe('layer3.2');
    expect(closedFormLayer(createModel('vgg11_bn_cifar', 32, 10))).toBeUndefined();
  });

  it('VGG takes no inputs that its linear layers have no weights for', () => {
    expect(() => createModel('vgg11_bn_cifar', 64, 10)).toThrow(
      /vgg11_bn_cifar takes no inputs of this size: found 64 pixels a side, expected at most 63/,
    );
  });

  it('a block is itself, and a group its last block', () => {
    expect(requireTargetLayer(resnet20, 'layer1.0').name).toBe('layer1.0');
    expect(requireTargetLayer(resnet20, 'layer2')).toEqual({ name: 'layer2.2', channels: 32, height: 16, width: 16 });
    expect(requireTargetLayer(efficientnet, 'blocks.5').name).toBe('blocks.5.3');
    expect(requireTargetLayer(efficientnet, 'bn1')).toEqual({ name: 'bn1', channels: 32, height: 112, width: 112 });
  });

  it('several are fused by a rule: of the finest’s size, named in forward order', () => {
    for (const name of ['mean(layer3,layer2)', ' mean ( layer2.2,auto ) ', 'mean(layer2.2, layer3.2)']) {
      const fused = requireTargetLayer(resnet20, name);
      expect(fused).toMatchObject({ name: 'mean(layer2.2, layer3.2)', height: 16, width: 16, channels: 96 });
      expect(fused.fusion?.layers.map((layer) => layer.name)).toEqual(['layer2.2', 'layer3.2']);
      expect(requireTargetLayer(resnet20, fused.name)).toEqual(fused);
    }
    expect(requireTargetLayer(resnet20, 'maximum(layer1,layer2,layer3)').name).toBe(
      'maximum(layer1.2, layer2.2, layer3.2)',
    );
  });

  it.each([
    [
      'sum(layer2,layer3)',
      'layer: no such fusion of layers: found "sum(layer2,layer3)", expected mean(LAYER,LAYER) or',
    ],
    ['mean(layer2,layer3', 'layer: no such fusion of layers'],
    ['mean((layer2,layer3))', 'layer: no such fusion of layers'],
    ['mean(layer2)', 'layer: a fusion of too few layers: found "mean(layer2)", expected two different layers or more'],
    ['mean(layer3,layer3.2)', 'layer: a fusion of too few layers'],
    [
      'mean(layer2,layer9)',
      'layer: no such layer: found "layer9" in "mean(layer2,layer9)", expected auto or one of act1',
    ],
    ['mean()', 'layer: no such layer: found "" in "mean()"'],
  ])('refuses %j with what could be chosen', (layer, message) => {
    expect(() => requireTargetLayer(resnet20, layer)).toThrow(message);
  });

  it.each(['layer4', 'layer', 'blocks', 'layer1.', 'layer1.3', 'Layer1', '', 'conv1', '__proto__'])(
    'refuses %j with the names there are',
    (layer) => {
      expect(() => requireTargetLayer(resnet20, layer)).toThrow(InputError);
      expect(() => requireTargetLayer(resnet20, layer)).toThrow(
        /expected auto or one of act1, layer1\.0, .*layer3\.2 for resnet20/,
      );
    },
  );
});
