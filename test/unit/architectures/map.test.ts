/** Maps of networks: what is one box, what follows from what, and how much is folded. */
import { describe, expect, it } from 'vitest';
import { architecture, type ArchitectureName, type Graph, type GraphNode } from '../../../src/architectures';
import { networkMap, type NetworkMap } from '../../../src/architectures/map';
import { contract, firstName } from '../../../src/architectures/map/contract';

function mapOf(name: ArchitectureName, inputSize: number, most?: number): NetworkMap {
  return networkMap(architecture(name), inputSize, 10, most);
}

/** Forward order, every layer once, and each box but those at the image has an input. */
function assertWhole(map: NetworkMap, layers: readonly string[]): void {
  map.forEach(({ inputs }, at) => {
    expect(inputs.every((input) => input < at)).toBe(true);
    if (at > 0) expect(inputs.length).toBeGreaterThan(0);
  });
  expect(map.flatMap((box) => box.layers)).toEqual(layers);
}

describe('of an architecture', () => {
  it('has convolutions with what follows them as boxes, and shows branches and joins', () => {
    const map = mapOf('resnet18_cifar', 32);
    const named = map.map(({ name, inputs }) => [name, ...inputs.map((input) => map[input]?.name)]);
    expect(named.slice(0, 4)).toEqual([
      ['conv1'],
      ['layer1.0.conv1', 'conv1'],
      ['layer1.0.conv2', 'layer1.0.conv1'],
      ['layer1.0', 'conv1', 'layer1.0.conv2'],
    ]);
    expect(named).toContainEqual(['layer2.0', 'layer2.0.conv2', 'layer2.0.downsample.0']);
    expect(map.find(({ name }) => name === 'layer2.0')).toMatchObject({
      channels: 128,
      height: 16,
      layers: ['layer2.0'],
    });
    const blocks = ['layer1', 'layer2', 'layer3', 'layer4'].flatMap((stage) => [`${stage}.0`, `${stage}.1`]);
    assertWhole(map, ['act1', ...blocks]);
  });

  it('folds the deepest modules until there are few enough', () => {
    const layers = mapOf('efficientnet_b0', 224).flatMap((box) => box.layers);
    for (const most of [150, 80, 40, 20]) {
      const map = mapOf('efficientnet_b0', 224, most);
      expect(map.length).toBeLessThanOrEqual(most);
      assertWhole(map, layers);
    }
    expect(mapOf('efficientnet_b0', 224, 12).map(({ name }) => name)).toContain('blocks.3');
  });

  it('ends each chain with its pooling', () => {
    const map = mapOf('vgg11_bn_cifar', 32);
    expect(map[1]).toMatchObject({ name: 'features.3', operations: ['maxPool'], height: 16 });
    expect(map[0]?.layers).toEqual(['features.0', 'features.1', 'features.2']);
  });
});

it('does not make one box of what something else leads through', () => {
  const box = (name: string, ...inputs: number[]) => {
    return { name, operations: [], channels: 1, height: 1, width: 1, inputs, layers: [name] };
  };
  // a → b → c with a and c of one group; and two groups that lead into each other.
  const boxes = [box('a'), box('b', 0), box('c', 1)];
  expect(contract(boxes, [0, 1, 0], firstName)).toEqual(boxes);
  const crossed = [box('a1'), box('b2'), box('b1', 0), box('a2', 1)];
  const map = contract(crossed, [0, 1, 1, 0], firstName);
  expect(map.map(({ inputs, layers }) => [layers, inputs])).toEqual([
    [['a1'], []],
    [['b2', 'b1'], [0]],
    [['a2'], [1]],
  ]);
});

it('of a graph takes its layers, its tensors’ modules and tokens', () => {
  const node = (output: number, inputs: GraphNode['inputs'], kind: string, shape: GraphNode['shape']): GraphNode => {
    return { name: '', operator: kind, operation: { kind } as GraphNode['operation'], inputs, output, shape };
  };
  const batch = { batch: 1 };
  const graph = {
    classes: 10,
    tensors: [],
    nodes: [
      node(1, [{ value: 0 }, { parameter: 'patch_embed.weight' }], 'convolution', [batch, 14, 14, 192]),
      node(2, [{ value: 1 }], 'reshape', [batch, 196, 192]),
      node(3, [{ constant: 0 }, { value: 2 }], 'concatenate', [batch, 197, 192]),
      node(4, [{ value: 3 }, { parameter: 'blocks.0.fc.weight' }], 'matMul', [batch, 197, 192]),
      node(5, [{ value: 3 }, { value: 4 }], 'binary', [batch, 197, 192]),
    ],
    layers: [
      {
        ...{ name: 'blocks.0', channels: 192, height: 14, width: 14, value: 5, aliases: [] },
        view: { kind: 'tokens', prefix: 1 },
      },
    ],
  } as unknown as Graph;
  const map = networkMap({ build: (layers, images) => layers.graph(graph, images) }, 224, 10);
  expect(map.map(({ name, inputs, height, layers }) => [name, inputs, height, layers])).toEqual([
    ['patch_embed', [], 14, []],
    ['', [0], 197, []],
    ['blocks.0.fc', [1], 197, []],
    ['blocks.0', [1, 2], 14, ['blocks.0']],
  ]);
});
