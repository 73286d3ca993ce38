import { describe, expect, test } from 'vitest';
import { heatInWords as inWords, heatPlace } from '../../../../webview/heat/inWords';
import type { FloatMap } from '../../../../src/imaging/heatmap';

/** A map from rows of digits. */
function mapOf(...rows: readonly string[]) {
  const values = Float32Array.from(rows.join(''), Number);
  return { height: rows.length, width: rows[0]?.length ?? 0, values };
}

const heatInWords = (map: FloatMap, signed = false): string => inWords({ map, signed });

describe('a heatmap in words', () => {
  test.each([
    ['upper left', ['900', '000', '000']],
    ['at the top', ['090', '000', '000']],
    ['upper right', ['00039', '00013', '00000', '00000', '00000']],
    ['on the left', ['000', '900', '000']],
    ['in the middle', ['00000', '01310', '03930', '01310', '00000']],
    ['on the right', ['000', '009', '000']],
    ['lower left', ['00000', '00000', '00000', '40000', '94000']],
    ['at the bottom', ['000', '000', '090']],
    ['lower right', ['000', '000', '009']],
  ])('most of it lies %s', (place, rows) => {
    expect(heatPlace(mapOf(...rows)).kind).toBe('one');
    expect(heatInWords(mapOf(...rows))).toMatch(new RegExp(`^Most of its heat lies .*${place}\\. Its centre of mass`));
  });

  test('the centre of mass is told in shares of the sides', () => {
    expect(heatInWords(mapOf('90', '00'))).toBe(
      'Most of its heat lies in the upper left. Its centre of mass is at 25 % from the left and 25 % from the top.',
    );
  });

  test('a map that is the same everywhere is flat, whatever its value', () => {
    for (const value of ['0', '7']) expect(heatPlace(mapOf(...[value.repeat(4), value.repeat(4)])).kind).toBe('flat');
    expect(heatInWords(mapOf('33', '33'))).toBe('It is flat: the same everywhere.');
  });

  test('what lies at two ends does not lie in the middle', () => {
    const map = mapOf('80000', '00000', '00000', '00000', '00009');
    expect(heatPlace(map).kind).toBe('several');
    expect(heatInWords(map)).toBe('Its heat lies in several places, the hottest in the lower right.');
  });

  test('an uneven map without a centre is spread', () => {
    expect(heatPlace(mapOf('87878', '78787', '87878', '78780')).kind).toBe('everywhere');
  });

  test('only what is above the least counts as heat', () => {
    const low = Float32Array.from([-5, -5, -5, -5, -5, -5, -5, -5, 4]);
    expect(heatInWords({ height: 3, width: 3, values: low })).toMatch(/lower right/);
  });
});
