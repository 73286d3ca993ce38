import { describe, expect, it } from 'vitest';
import { blurred } from '../../../../src/measures/faithfulness/blur';
import { areaUnder, curveShares, drawCurve } from '../../../../src/measures/faithfulness/curves';
import { enlarged, greatestFirst } from '../../../../src/measures/faithfulness/rank';

describe('the order of pixels', () => {
  it('is by the signed value, greatest first, and of equal ones by the place', () => {
    const values = Float32Array.of(-1, 3, 0, -0, 3, -2, 0.5);
    expect([...greatestFirst(values)]).toEqual([1, 4, 6, 2, 3, 0, 5]);
  });

  it('is of equal ones by the ranks that are given', () => {
    const values = Float32Array.of(1, 2, 1, 1);
    expect([...greatestFirst(values, Uint32Array.of(2, 3, 0, 1))]).toEqual([1, 2, 3, 0]);
  });

  it('is the same as of a comparison, for any values', () => {
    const values = Float32Array.from({ length: 500 }, (_, i) => Math.round(7 * Math.sin(i * i)) / 3);
    const expected = [...values.keys()].sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
    expect([...greatestFirst(values)]).toEqual(expected);
  });

  it('is of a map that is enlarged with half-pixel centres', () => {
    const map = { height: 2, width: 2, values: Float32Array.of(0, 4, 8, 12) };
    expect([...enlarged(map, { height: 4, width: 4 })]).toEqual([0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12]);
  });
});

describe('a curve', () => {
  it('takes true fractions of the pixels', () => {
    const from = Float32Array.from({ length: 9 }, (_, i) => i + 1);
    const images = new Float32Array(9);
    drawCurve(from, new Float32Array(9), Uint32Array.of(2, 0, 1), images, 2);
    // round(3 · 1/2) = 2 pixels: the last, then the first.
    expect([...images]).toEqual([0, 0, 0, 4, 5, 6, 0, 0, 0]);
  });

  it('has the area of its trapezoids', () => {
    expect(areaUnder([1, 0.5, 0])).toBeCloseTo(0.5);
    expect(areaUnder([0, 0, 1])).toBeCloseTo(0.25);
    expect(curveShares(4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe('the blur', () => {
  it('leaves an even image as it is, and reflects about the outermost pixel', () => {
    const size = { height: 12, width: 7 };
    const even = new Float32Array(12 * 7 * 3).fill(80);
    for (const value of blurred(even, size)) expect(value).toBeCloseTo(80, 3);
    const line = new Float32Array(7 * 3);
    line.fill(1, 3, 6);
    const [first] = blurred(line, { height: 1, width: 7 });
    // The second pixel stands on both sides of the first.
    const tap = Math.exp(-1 / 50);
    const sum = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / 50)).reduce((a, b) => a + b);
    expect(first).toBeCloseTo((2 * tap) / sum, 5);
  });
});
