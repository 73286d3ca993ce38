import { expect, it } from 'vitest';
import { agreementOf, agreementsOf, differenceOf, meanOverDraws } from '../../../../src/measures/sanity/agreement';
import { besideChance, meanOfDraw, verdictOf, type Compared } from '../../../../src/measures/sanity/points';
import { createResampler } from '../../../../src/statistics';

const map = (...values: number[]) => ({ height: 2, width: 2, values });

it('ranks maps before ReLU, and compares them as published', () => {
  // Ranks 4 3 2 1 and 4 3 1 2: 1 − 6·(1 + 1)/(4·15). After ReLU both are 2 1 0 0.
  const found = agreementOf(map(2, 1, -1, -2), map(2, 1, -2, -1), true);
  expect(found.signed).toBeCloseTo(0.8, 12);
  expect(found).toMatchObject({ spearman: 1, topOverlap: 1, ssim: null });
  expect(agreementOf(map(2, 1, -1, -2), map(2, 1, -2, -1), false).spearman).toBeCloseTo(0.8, 12);
  expect(agreementOf(map(4, 3, 2, 1), map(1, 2, 3, 4), true)).toMatchObject({
    signed: -1,
    spearman: -1,
    topOverlap: 0,
  });
});

it('of flat maps nothing is said, and a map of negative values is flat only as it is published', () => {
  const nothing = { signed: null, spearman: null, topOverlap: null, ssim: null };
  expect(agreementOf(map(1, 1, 1, 1), map(1, 2, 3, 4), true)).toEqual(nothing);
  expect(agreementOf(map(-1, -2, -3, -4), map(4, 3, 2, 1), true)).toEqual({ ...nothing, signed: 1 });
});

const agreements = (signed: (number | null)[]) =>
  agreementsOf(signed.map((each) => ({ signed: each, spearman: each, topOverlap: null, ssim: null })));

it('an image has the mean of its draws, of those that it has', () => {
  const mean = meanOverDraws([agreements([0.2, null, null]), agreements([0.4, 0.6, null])]);
  expect(mean.signed[0]).toBeCloseTo(0.3, 12);
  expect(mean.signed.slice(1)).toEqual([0.6, null]);
});

it('differences are of the images that have both', () => {
  const difference = differenceOf([0.5, null, 0.1], [0.1, 0.2, 0.3], createResampler(0));
  expect(difference?.mean).toBeCloseTo(0.1, 12);
  expect(difference).toMatchObject({ n: 2, interval: null });
});

it.each([
  [{ low: 0.1, high: 0.49 }, 'different'],
  [{ low: 0.5, high: 0.9 }, 'alike'],
  [{ low: 0.3, high: 0.6 }, 'undecided'],
])('is judged by the interval %j: %s', (interval, verdict) => {
  expect(verdictOf({ mean: 0.4, n: 30, interval, intervalFrom: 25 })).toBe(verdict);
});

it('without an interval only images enough that are all the same are judged', () => {
  expect(verdictOf({ mean: 1, n: 30, interval: null, intervalFrom: 25 })).toBe('alike');
  expect(verdictOf({ mean: 0, n: 10, interval: null, intervalFrom: 25 })).toBe('undecided');
  expect(verdictOf(null)).toBe('undecided');
});

it('a point has means, the level of chance and what is above it', () => {
  const values = Array.from({ length: 30 }, (_, image) => 0.2 + 0.01 * (image % 3));
  const chance = values.map((_, image) => (image % 2 === 0 ? -0.05 : 0.05));
  const compared: Compared = { pairs: agreements([...values, null]), chance: agreements([...chance, 0.1]) };
  const point = besideChance([compared, compared], createResampler(0));
  expect(point).toMatchObject({ verdict: 'different', compared: 30, of: 31, topOverlap: null });
  expect(point.signed?.mean).toBeCloseTo(0.21, 12);
  expect(point.aboveChance?.mean).toBeCloseTo(0.21, 12);
  expect(point.aboveChance?.interval?.low).toBeGreaterThan(0.15);
  expect(point.chance.signed?.mean).toBeCloseTo(0.1 / 31, 12);
  expect(meanOfDraw(compared)).toBeCloseTo(0.21, 12);
});
