import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { overSeeds, pairedOverSeeds, type Interval } from '../../../src/statistics';

const REFERENCE = [
  { values: [93.1, 92.7], mean: 92.9, low: 90.35875905276512, high: 95.44124094723489 },
  { values: [93.1, 92.7, 93.4], mean: 93.06666666666668, low: 92.19426617315317, high: 93.93906716018019 },
  { values: [91.64, 91.9, 92.05, 91.2, 91.77], mean: 91.712, low: 91.3095207869596, high: 92.11447921304041 },
  {
    values: [0.213, 0.25, 0.19, 0.22, 0.231, 0.2, 0.27, 0.21, 0.24, 0.26],
    mean: 0.2284,
    low: 0.20952698609568687,
    high: 0.2472730139043131,
  },
];

describe('means over seeds', () => {
  // scipy.stats.t.interval(0.95, n - 1, loc=mean, scale=scipy.stats.sem(values)), SciPy 1.17.1
  it.each(REFERENCE)('has the interval of SciPy for $values', ({ values, mean, low, high }) => {
    const found = overSeeds(values);
    expect(found.n).toBe(values.length);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.interval?.low).toBeCloseTo(low, 9);
    expect(found.interval?.high).toBeCloseTo(high, 9);
  });

  it('has none of one seed, of none, and of equal values', () => {
    expect(overSeeds([93])).toEqual({ mean: 93, n: 1, interval: null });
    expect(overSeeds([])).toEqual({ mean: NaN, n: 0, interval: null });
    expect(overSeeds([0.1, 0.1, 0.1]).interval).toBeNull();
  });

  it('does not leave what its values cannot leave', () => {
    expect(overSeeds([99, 100], [0, 100]).interval?.high).toBe(100);
    expect(overSeeds([0, 1], [0, 100]).interval?.low).toBe(0);
  });

  it('pairs by seed, over those that both have', () => {
    // The seeds 2 and 3: 92 − 90 and 95 − 91.
    const found = pairedOverSeeds(
      new Map([
        [1, 90],
        [2, 92],
        [3, 95],
      ]),
      new Map([
        [3, 91],
        [2, 90],
        [4, 10],
      ]),
    );
    expect(found).toMatchObject({ mean: 3, n: 2 });
    // scipy.stats.ttest_rel([92, 95], [90, 91]).confidence_interval(0.95)
    expect(found.interval?.low).toBeCloseTo(3 - 12.706204736174698, 9);
    expect(found.interval?.high).toBeCloseTo(3 + 12.706204736174698, 9);
  });

  it('pairs nothing where no seed is shared', () => {
    expect(pairedOverSeeds(new Map([[1, 90]]), new Map([[2, 90]]))).toMatchObject({ n: 0, interval: null });
  });
});

const SAMPLES = 2000;

/** The share of samples whose interval holds the truth. */
function coverage(truth: number, draw: () => Interval | null): number {
  let covered = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const interval = draw();
    if (interval !== null && interval.low <= truth && truth <= interval.high) covered++;
  }
  return covered / SAMPLES;
}

function expectNominal(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
}

const TEST_IMAGES = 200;

/** In per cent, of images each of which is right with probability `rate`. */
function testAccuracy(random: ReturnType<typeof createRandom>, rate: number): number {
  let right = 0;
  for (let image = 0; image < TEST_IMAGES; image++) right += Number(random.uniform() < rate);
  return (100 * right) / TEST_IMAGES;
}

describe.each([3, 5, 10])('intervals over %i seeds', (n) => {
  it('cover the mean of normal values', () => {
    const random = createRandom('over seeds', 'normal', n);
    const draw = () => overSeeds(Array.from({ length: n }, () => 90 + 0.4 * random.normal())).interval;
    expectNominal(coverage(90, draw));
  });

  it('cover the mean accuracy of trainings, each measured on a test set', () => {
    // A training of another seed is another network: its own rate is drawn around the recipe's 92 %.
    const random = createRandom('over seeds', 'binomial', n);
    const draw = () =>
      overSeeds(
        Array.from({ length: n }, () => testAccuracy(random, 0.92 + 0.006 * random.normal())),
        [0, 100],
      ).interval;
    expectNominal(coverage(92, draw));
  });

  it('cover the difference of two recipes whose seeds pair', () => {
    // Both networks of a seed share half a deviation, as the same order of images makes them.
    const random = createRandom('over seeds', 'paired', n);
    const draw = () => {
      const [a, b] = [new Map<number, number>(), new Map<number, number>()];
      for (let seed = 1; seed <= n; seed++) {
        const shared = 0.005 * random.normal();
        a.set(seed, testAccuracy(random, 0.93 + shared + 0.004 * random.normal()));
        b.set(seed, testAccuracy(random, 0.92 + shared + 0.004 * random.normal()));
      }
      return pairedOverSeeds(a, b).interval;
    };
    expectNominal(coverage(1, draw));
  });
});
