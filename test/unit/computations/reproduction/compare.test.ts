import { describe, expect, test } from 'vitest';
import {
  arrayDifference,
  jsonDifference,
  shareOfOthers,
  withPointIntervals,
} from '../../../../src/computations/reproduction/compare';

describe('how far a recomputed result is off', () => {
  test('arrays: as a share of the largest kept value, 0 only where all is equal', () => {
    expect(arrayDifference([1, -4, 2], [1, -4, 2])).toBe(0);
    expect(arrayDifference([1, -4, 2], [1, -4, 2.4])).toBeCloseTo(0.1);
    expect(arrayDifference([0, 0], [0, 1e-9])).toBe(1e-9);
    expect(arrayDifference([1], [1, 2])).toBe(Infinity);
    expect(arrayDifference([1, NaN], [1, 2])).toBe(Infinity);
    expect(arrayDifference([NaN], [NaN])).toBe(0);
  });

  test('JSON: the largest of its numbers; another shape or text is no match at all', () => {
    const kept = { accuracy: 80, drops: [0.1, null], kind: 'a' };
    expect(jsonDifference(kept, { ...kept })).toBe(0);
    expect(jsonDifference(kept, { ...kept, accuracy: 84 })).toBeCloseTo(0.05);
    expect(jsonDifference(kept, { ...kept, drops: [0.11, null] })).toBeCloseTo(0.01);
    for (const other of [
      { ...kept, kind: 'b' },
      { ...kept, drops: [0.1] },
      { ...kept, drops: [0.1, 0] },
      { ...kept, more: 1 },
    ])
      expect(jsonDifference(kept, other)).toBe(Infinity);
  });

  test('a mean without an interval is as one whose values differ by rounding alone', () => {
    const [kept, found] = [
      { mean: 0.5, n: 30, interval: null },
      { mean: 0.5, n: 30, interval: { low: 0.5, high: 0.5 } },
    ];
    expect(jsonDifference(withPointIntervals({ kept }), withPointIntervals({ kept: found }))).toBe(0);
    const other = { ...found, interval: { low: 0.4, high: 0.6 } };
    expect(jsonDifference(withPointIntervals(kept), withPointIntervals(other))).toBeCloseTo(0.1);
    // A rate has none where there are too few images, on every engine.
    expect(withPointIntervals({ count: 3, of: 4, interval: null })).toEqual({ count: 3, of: 4, interval: null });
  });

  test('classes: the share of images that are taken for another', () => {
    expect(shareOfOthers(Uint8Array.of(1, 2, 3, 4), Uint8Array.of(1, 2, 3, 0))).toBe(0.25);
    expect(shareOfOthers(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(Infinity);
  });
});
