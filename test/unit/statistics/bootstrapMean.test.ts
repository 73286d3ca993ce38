import { expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { createResampler, meanInterval } from '../../../src/statistics';

it('gives the interval that Student’s t gives of many normal values', () => {
  const values = [...createRandom('bootstrapped').normals(400)];
  const { interval, mean, n } = createResampler(0).estimate(values);
  const expected = meanInterval(values);
  expect(n).toBe(400);
  expect(mean).toBeCloseTo(values.reduce((a, b) => a + b) / 400, 10);
  expect(Math.abs((interval?.low ?? 9) - (expected?.low ?? 0))).toBeLessThan(0.02);
  expect(Math.abs((interval?.high ?? 9) - (expected?.high ?? 0))).toBeLessThan(0.02);
});

it('draws the same samples for the same seed, and has no interval of few values or of equal ones', () => {
  const values = [...createRandom('bootstrapped').normals(30)];
  expect(createResampler(1).estimate(values)).toEqual(createResampler(1).estimate(values));
  expect(createResampler(1).estimate(values)).not.toEqual(createResampler(2).estimate(values));
  expect(createResampler(1).estimate(values.slice(0, 24)).interval).toBeNull();
  expect(createResampler(1).estimate(values.map(() => 3)).interval).toBeNull();
});

it('covers the mean of skewed values about as often as it says', () => {
  const random = createRandom('coverage');
  const resampler = createResampler(0);
  let held = 0;
  for (let i = 0; i < 300; i++) {
    const { interval } = resampler.estimate(Array.from({ length: 50 }, () => random.uniform() ** 3));
    if (interval !== null && interval.low <= 0.25 && 0.25 <= interval.high) held++;
  }
  expect(held / 300).toBeGreaterThan(0.88);
});
