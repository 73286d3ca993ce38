import { describe, expect, test } from 'vitest';
import { displayMap, sharedScale } from '../../../../src/imaging';
import { csvText } from '../../../../webview/common/csv';
import { move } from '../../../../webview/common/gridKeys';
import { visibleWindow } from '../../../../webview/common/visibleWindow';
import { layoutOf } from '../../../../webview/heatmaps/layout';
import { cellResult, createResults } from '../../../../webview/common/heat/results';
import { targetClass } from '../../../../webview/heatmaps/heatmapsState';
import { DEFAULT_SETTINGS, parsePageState } from '../../../../webview/heatmaps/settings';
import { settingsByKey } from '../../../../webview/heatmaps/shortcuts';
import { exactNumber, imageName, percent, shortNumber } from '../../../../webview/common/text';
import { upsample } from '../../../../webview/common/heat/upsample';

describe('upsample', () => {
  const map = {
    height: 4,
    width: 7,
    values: Float32Array.from({ length: 28 }, (_, i) => Math.abs(Math.sin(3 * i)) * 2),
  };

  test.each([undefined, { minimum: -1, maximum: 5 }, { minimum: 0.5, maximum: 1 }])(
    'is displayMap, scale %j',
    (scale) => {
      const found = upsample(map, sharedScale([map]), 96, scale);
      const expected = displayMap(map, 96, 96, scale);
      expect(found.flat).toBe(false);
      expect(Math.max(...found.values.map((value, i) => Math.abs(value - expected.values[i]!)))).toBeLessThan(1e-5);
    },
  );

  test('a constant map is flat, and zero', () => {
    const flat = { height: 2, width: 2, values: [3, 3, 3, 3] };
    const found = upsample(flat, sharedScale([flat]), 8, undefined);
    expect(found.flat).toBe(true);
    expect(Math.max(...found.values)).toBe(0);
  });
});

describe('results', () => {
  test('rows of a message become cells of images', () => {
    const results = createResults();
    const picture = { height: 1, width: 1, pixels: new Uint8Array(3) };
    const image = (name: string) => ({ usable: true as const, name, label: 1, picture });
    results.takeStart(
      {
        kind: 'start',
        images: [image('test:4'), image('test:9')],
        classNames: ['cat', 'dog'],
        method: { id: 'gradcam', name: 'Grad-CAM', sameAs: [], passes: { forward: 1, backward: 0 } },
        layer: { name: 'bn2', height: 1, width: 2 },
      },
      ['test:4', 'test:9'],
    );
    const maps = Float32Array.from([1, 2, 3, 4]);
    const taken = results.takeMaps(
      { kind: 'maps', epoch: 3, images: [1], logits: Float32Array.from([0, Math.log(3)]), maps, done: 1, of: 2 },
      ['test:4', 'test:9'],
    );
    expect(taken).toEqual(['test:9']);
    expect(results.cell('test:4', 3)).toBeUndefined();
    const cell = results.cell('test:9', 3);
    expect(cell?.predicted).toBe(1);
    expect(cell?.probabilities[1]).toBeCloseTo(0.75, 6);
    expect([...(cell?.map(1).values as Float32Array)]).toEqual([3, 4]);
    expect(cell?.range(0)).toEqual({ minimum: 1, maximum: 2 });
    results.keepOnly(new Set(['test:9']));
    expect(results.size).toBe(1);
    results.keepOnly(new Set(['test:4']));
    expect(results.size).toBe(0);
  });

  test('a flat map is known by its class', () => {
    const cell = cellResult(Float32Array.from([1, 0]), Float32Array.from([0, 0, 0, 1]), 1, 2);
    expect([cell.isFlat(0), cell.isFlat(1)]).toEqual([true, false]);
  });

  test('the prediction stands in for a label that is not known', () => {
    expect(targetClass('label', 7, null)).toBe(7);
    expect(targetClass('label', 7, 2)).toBe(2);
    expect(targetClass('predicted', 7, 2)).toBe(7);
    expect(targetClass(4, 7, 2)).toBe(4);
  });
});

describe('layout', () => {
  test('what is visible, with a margin, within bounds', () => {
    expect(visibleWindow(250, 300, 100, 50, 1)).toEqual({ from: 1, to: 7 });
    expect(visibleWindow(0, 300, 100, 2, 1)).toEqual({ from: 0, to: 2 });
    expect(visibleWindow(900, 300, 100, 2, 1)).toEqual({ from: 2, to: 2 });
  });

  test('small cells have their captions on two lines', () => {
    expect(layoutOf(64, 1000).compact).toBe(true);
    expect(layoutOf(160, 1000).compact).toBe(false);
  });
});

describe('keys', () => {
  const last = { row: 9, column: 4 };
  const press = (key: string, ctrlKey = false) =>
    move({ key, ctrlKey, metaKey: false }, { row: 3, column: 1 }, last, 4);

  test('the grid’s', () => {
    expect(press('ArrowUp')).toEqual({ row: 2, column: 1 });
    expect(press('PageDown')).toEqual({ row: 7, column: 1 });
    expect(press('End')).toEqual({ row: 3, column: 4 });
    expect(press('End', true)).toEqual(last);
    expect(press('Home', true)).toEqual({ row: 0, column: 0 });
    expect(press('x')).toBeUndefined();
  });

  test('the panel’s', () => {
    expect(settingsByKey(']', { ...DEFAULT_SETTINGS, opacity: 0.98 }, 10)).toEqual({ opacity: 1 });
    expect(settingsByKey('m', { ...DEFAULT_SETTINGS, colourMap: 'grey' }, 10)).toEqual({ colourMap: 'viridis' });
    expect(settingsByKey('7', DEFAULT_SETTINGS, 10)).toEqual({ target: 7 });
    expect(settingsByKey('7', DEFAULT_SETTINGS, 5)).toBeUndefined();
  });
});

test('state that is not the panel’s own is not believed', () => {
  expect(parsePageState(undefined).settings).toEqual(DEFAULT_SETTINGS);
  expect(parsePageState({ settings: { ...DEFAULT_SETTINGS, opacity: 7 } }).settings).toEqual(DEFAULT_SETTINGS);
});

describe('texts', () => {
  test('numbers', () => {
    expect([percent(0.123), percent(0.99999), percent(1)]).toEqual(['12.3 %', '>99.9 %', '100.0 %']);
    expect([shortNumber(0), shortNumber(1.23456), shortNumber(0.0001234), shortNumber(123456)]).toEqual([
      ...['0', '1.23', '1.2e-4', '1.2e+5'],
    ]);
  });

  test('float32 numbers come back from their text', () => {
    for (const value of [0.1, 1 / 3, 123456.789, 1e-20].map(Math.fround)) {
      expect(Math.fround(Number(exactNumber(value)))).toBe(value);
    }
    expect(exactNumber(Math.fround(0.1))).toBe('0.1');
  });

  test('names', () => {
    expect([imageName('test:3'), imageName('/a/b c.png'), imageName('C:\\x\\y.png')]).toEqual([
      'test 3',
      'b c.png',
      'y.png',
    ]);
    expect(csvText([['a"b,c', 3]])).toBe('"a""b,c",3\r\n');
  });
});
