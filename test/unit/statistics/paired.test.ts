import { describe, expect, it } from 'vitest';
import { isAboveZero, pairedDifference, pairedShareDifference, rateDifferenceInterval } from '../../../src/statistics';

const ones = (count: number, of: number, from = 0) =>
  Array.from({ length: of }, (_, image) => Number(image >= from && image < from + count));

describe('a difference of the same images', () => {
  it('is the mean of their differences', () => {
    // Images differ by a lot, and their differences by little: 0.1 ± 0.01, which no interval of either mean would show.
    const b = Array.from({ length: 100 }, (_, image) => image / 100);
    const a = b.map((value, image) => value + 0.1 + (image % 2 === 0 ? 0.01 : -0.01));
    const { mean, n, interval } = pairedDifference(a, b);
    expect(mean).toBeCloseTo(0.1, 12);
    expect(n).toBe(100);
    // The 97.5 % quantile of Student's t with 99 degrees of freedom is 1.98421695.
    expect(interval!.low).toBeCloseTo(0.1 - (1.98421695 * 0.01) / Math.sqrt(99), 8);
    expect(isAboveZero(interval)).toBe(true);
    expect(isAboveZero(pairedDifference(b, a).interval)).toBe(false);
    expect(isAboveZero(pairedDifference([1, 1, 1], [0, 0.5, 0]).interval)).toBe(false);
  });

  it('of right and wrong is Bonett and Price’s', () => {
    // Of 100 images 14 are right by the first alone and 9 by the second alone: 15/102 − 10/102 ± 1.96 · √((25/102 − (5/102)²)/102).
    const a = ones(14, 100);
    const b = ones(9, 100, 14);
    const { mean, interval } = pairedShareDifference(a, b);
    expect(mean).toBeCloseTo(0.05, 12);
    expect(interval!.low).toBeCloseTo(-0.0465849340001, 10);
    expect(interval!.high).toBeCloseTo(0.1446241496864, 10);
    // As the exact test of McNemar: five of none are no claim (p = 0.0625), six are (0.031).
    expect(isAboveZero(pairedShareDifference(ones(5, 1000), ones(0, 1000)).interval)).toBe(false);
    expect(isAboveZero(pairedShareDifference(ones(6, 1000), ones(0, 1000)).interval)).toBe(true);
    expect(pairedShareDifference(ones(5, 5), ones(0, 5)).interval).toBeNull();
  });

  it('of rates alone is Newcombe’s', () => {
    // His example: 56 of 70 and 48 of 80, 0.0524 … 0.3339.
    const { low, high } = rateDifferenceInterval({ count: 56, of: 70 }, { count: 48, of: 80 });
    expect(low).toBeCloseTo(5.243147240246, 10);
    expect(high).toBeCloseTo(33.387265403691, 10);
    expect(isAboveZero(null)).toBe(false);
  });
});
