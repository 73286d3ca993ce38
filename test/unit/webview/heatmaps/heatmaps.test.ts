import { describe, expect, test } from 'vitest';
import { displayMap, sharedScale } from '../../../../src/imaging';
import { csvText } from '../../../../webview/common/csv';
import { move } from '../../../../webview/common/gridKeys';
import { layoutOf, revealing } from '../../../../webview/heatmaps/layout';
import { cellResult, createResults } from '../../../../webview/common/heat/results';
import { classWanted } from '../../../../webview/heat/wantedClass';
import { DEFAULT_SETTINGS, parsePageState } from '../../../../webview/heatmaps/settings';
import { settingsByKey } from '../../../../webview/heatmaps/shortcuts';
import { exactNumber, imageName, percent, shortNumber } from '../../../../webview/common/text';
import { appearanceOf, DEFAULT_APPEARANCE } from '../../../../webview/common/heat/appearance';
import { appearanceByKey } from '../../../../webview/common/heat/appearanceKeys';
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
        method: {
          id: 'gradcam',
          name: 'Grad-CAM',
          sameAs: [],
          passes: { forward: 1, backward: 0 },
          isOfOneClass: false,
        },
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
    expect([...(cell?.heat(1)?.map.values as Float32Array)]).toEqual([3, 4]);
    expect(cell?.heat(0)?.range).toEqual({ minimum: 1, maximum: 2 });
    results.keepOnly(new Set(['test:9']));
    expect(results.size).toBe(1);
    results.keepOnly(new Set(['test:4']));
    expect(results.size).toBe(0);
  });

  test('a flat map is known by its class', () => {
    const maps = [Float32Array.of(0, 0), Float32Array.of(0, 1)];
    const logits = Float32Array.from([1, 0]);
    const cell = cellResult({ logits, classes: [0, 1], maps, height: 1, width: 2 }, false);
    expect([cell.heat(0)?.flat, cell.heat(1)?.flat]).toEqual([true, false]);
  });

  test('maps of one class come beside those of others, and stay the same objects', () => {
    const logits = Float32Array.from([1, 0, 3]);
    const of = (target: number, ...values: number[]) => {
      const sum = { expectedSum: target };
      return { logits, classes: [target], maps: [Float32Array.from(values)], height: 1, width: 2, ...sum };
    };
    const first = cellResult(of(2, -1, 0.5), true);
    expect(first.heat(0)).toBeUndefined();
    expect(first.heat(2)?.range).toEqual({ minimum: -1, maximum: 1 });
    const both = cellResult(of(0, 0, 2), true, first);
    expect(both.classes).toEqual([2, 0]);
    expect(both.heat(2)).toBe(first.heat(2));
    expect([both.heat(2)?.expectedSum, both.heat(0)?.expectedSum]).toEqual([2, 0]);
    expect(cellResult(of(0, 9, 9), true, both)).toBe(both);
  });

  test('the prediction stands in for a label that is not known', () => {
    const maps = [0, 1, 2].map(() => Float32Array.of(0));
    const logits = Float32Array.from([1, 2, 3]);
    const result = cellResult({ logits, classes: [0, 1, 2], maps, height: 1, width: 1 }, false);
    expect(classWanted('label', result, null)).toBe(2);
    expect(classWanted('label', result, 1)).toBe(1);
    expect(classWanted('predicted', result, 1)).toBe(2);
    expect(classWanted(0, result, 1)).toBe(0);
    // A class of another run.
    expect(classWanted(7, result, 1)).toBe(2);
    expect([classWanted('other', result, 0), classWanted('other', result, 2)]).toEqual([0, 1]);
  });
});

describe('layout', () => {
  const layout = layoutOf(64, false);
  const viewport = { scrollLeft: 100, scrollTop: 500, clientWidth: 548, clientHeight: 442 };

  test('small cells have their captions on two lines', () => {
    expect(layout.isCompact).toBe(true);
    expect(layoutOf(160, false).isCompact).toBe(false);
    expect(layoutOf(64, true).nameWidth).toBeLessThan(layout.nameWidth);
  });

  test('a cell comes out from under the heads, and no further', () => {
    // Rows are 118 high and columns 80 wide; 400 × 400 of them are in sight.
    expect(revealing({ row: 5, column: 2 }, layout, viewport)).toEqual({ top: 500, left: 100 });
    expect(revealing({ row: 2, column: 0 }, layout, viewport)).toEqual({ top: 236, left: 0 });
    expect(revealing({ row: 9, column: 9 }, layout, viewport)).toEqual({ top: 780, left: 400 });
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
    const look = appearanceOf();
    expect(appearanceByKey(']', { ...look, opacity: 0.98 })).toEqual({ opacity: 1 });
    expect(appearanceByKey('m', { ...look, colourMap: 'grey' })).toEqual({ colourMap: 'viridis' });
    expect(settingsByKey('7', 10)).toEqual({ target: 7 });
    expect(settingsByKey('7', 5)).toBeUndefined();
    expect(settingsByKey('[', 5)).toBeUndefined();
  });
});

describe('kept state', () => {
  const kept = { settings: DEFAULT_SETTINGS, open: null, scroll: { left: 0, top: 3 } };

  test('what is not the panel’s own is not believed', () => {
    expect(parsePageState(undefined).settings).toEqual(DEFAULT_SETTINGS);
    expect(parsePageState({ ...kept, look: { opacity: 7 } })).toEqual({
      ...kept,
      look: {},
      scroll: { left: 0, top: 0 },
    });
  });

  test('of an earlier version, all but the appearance is read', () => {
    const settings = { ...DEFAULT_SETTINGS, target: 3, opacity: 0.9, smooth: false };
    const { methods, compared, scaled, ...earlier } = settings;
    expect([methods, compared, scaled]).toEqual([[], null, 'own']);
    expect(parsePageState({ ...kept, settings: earlier })).toEqual({
      ...kept,
      settings: { ...DEFAULT_SETTINGS, target: 3 },
      look: {},
    });
  });

  test('what the person changed prevails over the settings, and they over the defaults', () => {
    expect(appearanceOf({ opacity: 0.3, colourMap: 'jet' }, { opacity: 0.8, scale: undefined })).toEqual({
      ...DEFAULT_APPEARANCE,
      opacity: 0.8,
      colourMap: 'jet',
    });
  });
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
