import { describe, expect, it } from 'vitest';
import { binomialTail, fisherExact } from '../../../src/statistics';

describe('Fisher’s exact test', () => {
  // scipy.stats.fisher_exact([[a, n - a], [b, m - b]]), SciPy 1.16
  it.each([
    [932, 1017, 9173, 10_000, 0.9049655844167156],
    [910, 1017, 9173, 10_000, 0.017927571691909817],
    [900, 1017, 9173, 10_000, 0.0007766177017094563],
    [19, 20, 9990, 10_000, 0.02174901893673894],
    [0, 20, 10_000, 10_000, 2.3823779372463246e-62],
    [20, 20, 10_000, 10_000, 1],
    [5, 50, 7, 60, 1],
    [8, 1017, 9307, 10_000, 0],
  ])('of %d of %d and %d of %d is SciPy’s', (a, n, b, m, expected) => {
    const found = fisherExact({ count: a, of: n }, { count: b, of: m });
    expect(Math.abs(found - expected)).toBeLessThan(1e-9 * Math.max(expected, 1e-30));
  });
});

it('a binomial tail is SciPy’s', () => {
  // scipy.stats.binom.sf(k - 1, n, p)
  expect(binomialTail(97, 1017, 0.1)).toBeCloseTo(0.7032010994737428, 10);
  expect(binomialTail(130, 1017, 0.1)).toBeCloseTo(0.0024505711054063936, 12);
  expect(binomialTail(120, 1017, 0.1)).toBeCloseTo(0.03369222736822044, 12);
  expect([binomialTail(0, 5, 0.1), binomialTail(1017, 1017, 0.1)]).toEqual([expect.closeTo(1, 12), 0]);
});
