/** The list of layers, what a search of it finds, and where the boxes of the map stand. */
import { describe, expect, it } from 'vitest';
import { architecture } from '../../../../src/architectures';
import { networkMap } from '../../../../src/architectures/map';
import type { NetworkMapView } from '../../../../src/protocol/runPanel';
import { found } from '../../../../webview/controls/searchItems';
import { layerRows, sizeText } from '../../../../webview/frame/layers/layerRows';
import { layoutOf } from '../../../../webview/frame/layers/networkLayout';

const layer = (name: string, aliases: string[] = [], tokens: number | null = null) => {
  return { name, channels: 512, height: 7, width: 7, aliases, tokens, closedForm: false };
};

function viewOf(names: readonly string[]) {
  return { layers: names.map((name) => layer(name)), defaultLayer: names.at(-1) ?? '', studyLayer: names[0] ?? '' };
}

describe('the list', () => {
  it('marks the default and the study’s, and says sizes', () => {
    const [first, last] = layerRows(viewOf(['layer4.0', 'layer4.1']));
    expect(first).toMatchObject({ text: 'layer4.0', detail: '512 channels · 7×7', tags: ['the study’s'] });
    expect(last?.tags).toEqual(['default']);
    expect(sizeText(layer('blocks.11', [], 1))).toBe('512 channels · 7×7 tokens, class token left aside');
    expect(sizeText(layer('layers.3', [], 0))).toBe('512 channels · 7×7 tokens');
    expect(sizeText(layer('blocks.11', [], 5))).toBe('512 channels · 7×7 tokens, 5 others left aside');
  });

  it('groups layers of a module where there are many', () => {
    expect(layerRows(viewOf(['a.0', 'a.1', 'b.0'])).every(({ group }) => group === undefined)).toBe(true);
    const dense = [1, 2, 3, 4].flatMap((block) =>
      [...Array(24).keys()].map((at) => `features.block${block}.layer${at}`),
    );
    const groups = new Map(
      layerRows(viewOf(['features.conv0', ...dense, 'norm'])).map(({ text, group }) => [text, group]),
    );
    expect(groups.get('features.block3.layer7')).toBe('features.block3');
    expect(groups.get('features.conv0')).toBe('features');
    expect(groups.get('norm')).toBeUndefined();
  });

  it('is searched by any word of names and aliases, what begins so first', () => {
    const rows = layerRows({ ...viewOf([]), layers: [layer('layer4.1.act2', ['layer4', 'layer4.1']), layer('act1')] });
    const values = (query: string): string[] => found(rows, query).map(({ value }) => value);
    expect(values('LAYER4')).toEqual(['layer4.1.act2']);
    expect(values('act')).toEqual(['act1', 'layer4.1.act2']);
    expect(values('act2 4.1')).toEqual(['layer4.1.act2']);
    expect(values(' ')).toHaveLength(2);
    expect(values('conv')).toEqual([]);
  });
});

describe('the map', () => {
  const mapOf = (name: 'resnet18' | 'efficientnet_b0') =>
    networkMap(architecture(name), 224, 10) as unknown as NetworkMapView;

  it('places each box below its inputs, within its width, and none over another', () => {
    for (const name of ['resnet18', 'efficientnet_b0'] as const) {
      const map = mapOf(name);
      const { boxes, width, height, boxHeight } = layoutOf(map, 224);
      expect(boxes).toHaveLength(map.length);
      for (const [at, { x, y, width: own, box }] of boxes.entries()) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + own).toBeLessThan(width);
        expect(y + boxHeight).toBeLessThanOrEqual(height);
        for (const input of box.inputs) expect(y).toBeGreaterThanOrEqual((boxes[input]?.y ?? NaN) + boxHeight);
        for (const other of boxes.slice(0, at))
          expect(other.y !== y || other.x + other.width <= x || x + own <= other.x).toBe(true);
      }
    }
  });

  it('narrows with the size of the maps, and says each size once', () => {
    const { boxes, sizes } = layoutOf(mapOf('resnet18'), 224);
    const widthOf = (name: string): number => boxes.find(({ box }) => box.name === name)?.width ?? NaN;
    expect(widthOf('conv1')).toBeGreaterThan(widthOf('layer1.0'));
    expect(widthOf('layer1.0')).toBeGreaterThan(widthOf('layer4.0'));
    expect(sizes.map(({ text }) => text)).toEqual(['112×112', '56×56', '28×28', '14×14', '7×7', '1×1']);
    // A squeeze to one position and back is no other size.
    expect(layoutOf(mapOf('efficientnet_b0'), 224).sizes.map(({ text }) => text)).toEqual([
      ...['112×112', '56×56', '28×28', '14×14', '7×7', '1×1'],
    ]);
  });

  it('draws no web of lines where a box joins many', () => {
    const box = (inputs: number[]) => ({
      name: '',
      operations: [],
      channels: 1,
      height: 8,
      width: 8,
      inputs,
      layers: [],
    });
    const dense = Array.from({ length: 24 }, (_, at) => box([...Array(at).keys()]));
    expect(layoutOf(dense, 32).edges.length).toBe(1 + 2 + 3 + 20);
  });
});
