import { describe, expect, it } from 'vitest';
import { misses } from '../../../../src/measures/robustness/expectations';
import type { Measured } from '../../../../src/measures/robustness/measured';
import type { Perturbation } from '../../../../src/perturbations';
import { measured } from '../../extension/robustness/measured';
import { estimateOf, fewOf } from '../../statistics/samples';

const entry = (expected: Perturbation['expect']): Perturbation => ({
  kind: 'gaussianNoise',
  standardDeviation: 0.1,
  rounds: 2,
  seed: 1,
  images: undefined,
  expect: expected,
});

const numbers = measured();
const right = (count: number, of: number): Measured => ({ ...numbers, accuracy: { count, of, interval: null } });
const meets = (found: Measured, expected: Perturbation['expect']): boolean =>
  misses(entry(expected), found).length === 0;

/** Whether count / of is at least so many per cent, in whole numbers. @param limit a decimal without an exponent */
function isAtLeast(count: number, of: number, limit: string): boolean {
  const [whole = '', decimals = ''] = limit.split('.');
  const scale = 10n ** BigInt(decimals.length);
  return 100n * BigInt(count) * scale >= BigInt(whole + decimals) * BigInt(of);
}

describe('a limit of accuracy', () => {
  it('that is met exactly passes: 57 of 100 for 57 %', () => {
    expect(meets(right(57, 100), { accuracy: { min: 57 } })).toBe(true);
    expect(meets(right(56, 100), { accuracy: { min: 57 } })).toBe(false);
    expect(meets(right(333, 1000), { accuracy: { min: 33.3 } })).toBe(true);
    expect(meets(right(332, 1000), { accuracy: { min: 33.3 } })).toBe(false);
    expect(meets(right(3, 1000), { accuracy: { min: 0.3 } })).toBe(true);
    // A little more than 0.3, as it is written.
    expect(meets(right(3, 1000), { accuracy: { min: 0.1 + 0.2 } })).toBe(false);
    // What a person copies of the accuracy that was printed.
    expect(meets(right(2, 3), { accuracy: { min: (100 * 2) / 3 } })).toBe(true);
  });

  it('is decided as whole numbers decide it, of every count up to 250 images', () => {
    const wrong: string[] = [];
    for (let of = 1; of <= 250; of++) {
      for (let count = 0; count <= of; count++) {
        const percent = (100 * count) / of;
        for (const limit of [percent.toFixed(0), percent.toFixed(1), percent.toFixed(4)]) {
          const passes = meets(right(count, of), { accuracy: { min: Number(limit) } });
          if (passes !== isAtLeast(count, of, limit)) wrong.push(`${count} of ${of} for ${limit} %`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a limit of a mean', () => {
  const withDrop = (mean: number): Measured => ({
    ...numbers,
    confidenceDrop: { ...numbers.confidenceDrop, ofPrediction: fewOf(mean, 100) },
  });
  const withSimilarity = (mean: number): Measured => ({
    ...numbers,
    heatmapSimilarity: { ...numbers.heatmapSimilarity, spearman: estimateOf(mean, 0.01, 499) },
  });

  it('that is met but for rounding passes', () => {
    // 0.1 and 0.2 of two images: their sum is 0.30000000000000004.
    expect(meets(withDrop((0.1 + 0.2) / 2), { confidenceDrop: { max: 0.15 } })).toBe(true);
    expect(meets(withDrop(0.15 + 1e-9), { confidenceDrop: { max: 0.15 } })).toBe(false);
    expect(meets(withDrop(1e-17), { confidenceDrop: { max: 0 } })).toBe(true);
    expect(meets(withSimilarity(1 - 0.9 + 0.7), { heatmapSimilarity: { min: 0.8 } })).toBe(true);
    expect(meets(withSimilarity(0.8 - 1e-9), { heatmapSimilarity: { min: 0.8 } })).toBe(false);
  });

  it('that is missed is told apart from what was found', () => {
    const text = (found: Measured, expected: Perturbation['expect']) => misses(entry(expected), found)[0]?.text;
    expect(text(withDrop(0.020004), { confidenceDrop: { max: 0.02 } })).toBe(
      'confidence drop 0.020004, expected at most 0.02',
    );
    expect(text(withSimilarity(0.79999), { heatmapSimilarity: { min: 0.8 } })).toBe(
      'heatmap similarity 0.79999, expected at least 0.8',
    );
    expect(text(right(56_999, 100_000), { accuracy: { min: 57 } })).toBe(
      'accuracy 56.999 % (56999 of 100000), expected at least 57 %',
    );
  });

  it('gives what was found and what was expected for a comparison side by side', () => {
    expect(misses(entry({ confidenceDrop: { max: 0.02 } }), withDrop(0.0312))[0]).toMatchObject({
      actual: 'confidence drop 0.0312',
      expected: 'confidence drop at most 0.02',
    });
  });
});
