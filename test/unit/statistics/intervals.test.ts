import { describe, expect, it } from 'vitest';
import {
  estimateClusteredRate,
  estimateKnown,
  estimateMean,
  estimateRate,
  meanInterval,
  noIntervalText,
  percentOf,
  studentT975,
  wilson,
} from '../../../src/statistics';

it.each([
  [1, 12.706204736174694],
  [2, 4.302652729749462],
  [3, 3.1824463052837078],
  [4, 2.7764451051977934],
  [19, 2.0930240544083087],
  [30, 2.0422724563012378],
  [99, 1.9842169515864174],
  [500, 1.9647198374673676],
  [999, 1.9623414611334493],
  [1000, 1.9623390808264083],
  [2000, 1.9611508260994377],
  [100_000, 1.9599877075346095],
])('Student’s t with %d degrees of freedom is SciPy’s', (degrees, quantile) => {
  expect(studentT975(degrees) / quantile).toBeCloseTo(1, 11);
});

describe('the interval of a mean', () => {
  it('is Student’s t, as SciPy has it, where values are symmetric', () => {
    const values = Array.from({ length: 21 }, (_, i) => (i - 10) / 20 + 0.3);
    const { low, high } = meanInterval(values)!;
    expect([low, high]).toEqual([expect.closeTo(0.15877960703121086, 11), expect.closeTo(0.4412203929687891, 11)]);
  });

  it('reaches further to the side of the tail, as far as Hall’s transformation says', () => {
    const values = Array.from({ length: 25 }, (_, i) => (i / 24) ** 6);
    // NumPy's: t 0.0461 to 0.2699, Hall 0.0693 to 0.3404.
    const { low, high } = meanInterval(values)!;
    expect([low, high]).toEqual([expect.closeTo(0.046074454759858136, 10), expect.closeTo(0.34043462, 7)]);
    const mirrored = meanInterval(values.map((value) => -value))!;
    expect([mirrored.low, mirrored.high]).toEqual([expect.closeTo(-high, 12), expect.closeTo(-low, 12)]);
  });

  it('is none of few values, nor of equal ones, and says from how many on there is one', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i % 10) / 10);
    const [few, enough] = [estimateMean(values.slice(1), 'drop'), estimateMean(values, 'drop')];
    expect(few).toMatchObject({ n: 99, interval: null, intervalFrom: 100 });
    expect(noIntervalText(few)).toBe('no interval below 100 images');
    expect(enough.interval).not.toBeNull();
    expect(estimateMean(values.slice(0, 25), 'correlation').interval).not.toBeNull();
    expect(estimateMean(values.slice(0, 24), 'correlation').interval).toBeNull();
    const same = estimateMean(new Float64Array(100).fill(0.1), 'drop');
    expect(same.interval).toBeNull();
    expect(noIntervalText(same)).toBe('no interval: all values are the same');
    expect(meanInterval([0.5])).toBeNull();
    expect(meanInterval([0.5, 0.6])).toBeNull();
  });

  it('does not leave what values are possible', () => {
    const alike = Array.from({ length: 30 }, (_, i) => (i === 0 ? -1 : 1));
    expect(estimateMean(alike, 'correlation').interval?.high).toBe(1);
    expect(estimateMean(alike, 'any').interval).toBeNull();
    expect(meanInterval(alike)?.high).toBeGreaterThan(1);
  });

  it('is of those images that have a value', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? null : i / 40));
    expect(estimateKnown(values, 'share')).toEqual(
      estimateMean(
        values.filter((value) => value !== null),
        'share',
      ),
    );
    expect(estimateKnown([null, null])).toBeNull();
  });
});

describe('the interval of a rate', () => {
  it.each([
    [0, 20, 0, 16.112515805281934],
    [1, 20, 0.8881448800795402, 23.613119344674203],
    [10, 20, 29.92980081982124, 70.07019918017876],
    [57, 100, 47.215389549212304, 66.26670147588987],
    [932, 1017, 89.78045020242824, 93.19031794980562],
    [1017, 1017, 99.62369682505529, 100],
    [3, 1000, 0.10207838811386186, 0.8783014053503173],
  ])('of %d of %d is Wilson’s, as SciPy has it', (count, of, low, high) => {
    const { interval } = estimateRate(count, of);
    expect([interval?.low, interval?.high]).toEqual([expect.closeTo(low, 10), expect.closeTo(high, 10)]);
    expect(
      estimateClusteredRate(
        [...Array<number>(of).keys()].map((i) => Number(i < count)),
        1,
      ),
    ).toEqual(estimateRate(count, of));
  });

  it('is none of few images', () => {
    expect(estimateRate(19, 19).interval).toBeNull();
    expect(estimateClusteredRate(Array<number>(19).fill(3), 10)).toEqual({ count: 57, of: 190, interval: null });
  });

  it('counts rounds that always agree as one case, and independent ones as many', () => {
    const agreeing = estimateClusteredRate(
      Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 10 : 0)),
      10,
    );
    expect(percentOf(agreeing)).toBe(25);
    const ofImages = wilson(250, 1000);
    expect(agreeing.interval?.low).toBeCloseTo(ofImages.low, 1);
    expect(agreeing.interval?.high).toBeCloseTo(ofImages.high, 1);
    // One of two rounds each: between images nothing varies, so that at least each image counts once.
    const even = estimateClusteredRate(Array<number>(100).fill(1), 2);
    expect(even.interval).toEqual(wilson(50, 100));
    expect(estimateClusteredRate(Array<number>(100).fill(2), 2).interval).toEqual(wilson(100, 100));
  });
});
