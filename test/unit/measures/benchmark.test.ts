import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureBenchmark } from '../../../src/measures/benchmark/measure';
import { groupOf, STANDARD_CORRUPTIONS, STANDARD_SEQUENCES } from '../../../src/measures/benchmark/names';
import { benchmarkSentences, missingText } from '../../../src/measures/benchmark/text';
import { createRandom } from '../../../src/common/random';
import { percentOf } from '../../../src/statistics';

type ByName<T> = Record<string, T>;
/** As the authors' program counts; see `benchmark.py` beside it. */
const oracle = JSON.parse(readFileSync(new URL('../../fixtures/npy/benchmark.json', import.meta.url), 'utf8')) as {
  readonly wrong: ByName<number[][]>;
  readonly other: ByName<number[][]>;
  readonly error: ByName<number[]>;
  readonly mean: ByName<number>;
  readonly meanCorruptionError: number;
  readonly relative: ByName<number>;
  readonly relativeError: number;
  readonly frames: ByName<number>;
  readonly predictions: ByName<number[]>;
  readonly flips: ByName<number>;
  readonly meanFlips: number;
};

const bytes = (rows: readonly number[][] = []): Uint8Array[] => rows.map((row) => Uint8Array.from(row));
const measured = measureBenchmark({
  corruptions: Object.entries(oracle.wrong).map(([name, wrong]) => ({
    name,
    wrong: bytes(wrong),
    other: bytes(oracle.other[name]),
  })),
  sequences: Object.entries(oracle.predictions).map(([name, predictions]) => ({
    name,
    frames: oracle.frames[name] ?? 0,
    predictions,
  })),
  testSets: [{ name: 'cifar10.1_v6', wrong: Uint8Array.of(1, 0, 0, 1) }],
});

describe('a benchmark’s numbers', () => {
  it('are errors by corruption and severity', () => {
    for (const { name, errors, mean } of measured.corruptions) {
      errors.forEach((error, at) => expect(percentOf(error)).toBeCloseTo(oracle.error[name]?.[at] ?? NaN, 10));
      expect(mean.mean).toBeCloseTo(oracle.mean[name] ?? NaN, 10);
    }
    expect(measured.testSets).toMatchObject([{ name: 'cifar10.1_v6', error: { count: 2, of: 4 } }]);
  });

  it('average over standard corruptions alone, unnormalised', () => {
    expect(measured.corruptions.map(({ group }) => group)).toEqual(['standard', 'standard', 'extra', 'other']);
    expect(measured.meanCorruptionError?.files).toBe(2);
    expect(measured.meanCorruptionError?.estimate.mean).toBeCloseTo(oracle.meanCorruptionError, 10);
  });

  it('are relative to another run, corruption by corruption', () => {
    for (const { name, relative } of measured.corruptions)
      expect(relative?.mean).toBeCloseTo(oracle.relative[name] ?? NaN, 10);
    expect(measured.relativeError?.estimate.mean).toBeCloseTo(oracle.relativeError, 10);
  });

  it('flip against the first frame under noise, and else against the one before', () => {
    for (const { name, flips } of measured.sequences)
      expect(percentOf(flips)).toBeCloseTo(oracle.flips[name] ?? NaN, 10);
    expect(measured.sequences.map(({ withFirst }) => withFirst)).toEqual([true, true, false, false, true]);
    expect(measured.meanFlips?.files).toBe(4);
    expect(measured.meanFlips?.estimate.mean).toBeCloseTo(oracle.meanFlips, 10);
  });

  it('have no relative error where the other run makes none, or none is named', () => {
    const wrong = [Uint8Array.of(1, 0)];
    const [none] = measureBenchmark({
      corruptions: [{ name: 'fog', wrong, other: [Uint8Array.of(0, 0)] }],
      sequences: [],
      testSets: [],
    }).corruptions;
    expect(none?.relative).toBeNull();
    const alone = measureBenchmark({ corruptions: [{ name: 'fog', wrong }], sequences: [], testSets: [] });
    expect([alone.relativeError, alone.meanFlips]).toEqual([null, null]);
  });

  it('have intervals over images that hold the true ratio about 95 of 100 times', () => {
    const random = createRandom('relative error', 1);
    const drawn = (share: number) => Uint8Array.from({ length: 200 }, () => Number(random.uniform() < share));
    let held = 0;
    for (let at = 0; at < 300; at++) {
      const corruptions = [{ name: 'fog', wrong: [drawn(0.3), drawn(0.4)], other: [drawn(0.2), drawn(0.3)] }];
      const { interval } = measureBenchmark({ corruptions, sequences: [], testSets: [] }).relativeError?.estimate ?? {};
      held += Number(interval !== null && interval !== undefined && interval.low < 1.4 && 1.4 < interval.high);
    }
    expect(held / 300).toBeGreaterThan(0.91);
    expect(held / 300).toBeLessThan(0.99);
  });
});

describe('the published names', () => {
  it('are 15 corruptions and 4 extra, and 10 sequences', () => {
    expect([STANDARD_CORRUPTIONS.length, STANDARD_SEQUENCES.length]).toEqual([15, 10]);
    expect(groupOf('sequence', 'gaussian_noise_3')).toBe('extra');
    expect(groupOf('testSet', 'fog')).toBe('other');
  });
});

it('is told in sentences that never call a relative error mCE', () => {
  const text = [...benchmarkSentences('epoch 3', measured, 'baseline'), missingText(['snow', 'frost'])].join(' ');
  expect(text).toContain('At epoch 3 the unnormalised mean corruption error is');
  expect(text).toContain('over 2 of the 15 standard corruptions');
  expect(text).toContain('Relative to baseline the error is');
  expect(text).toContain('Not in the folder, and so in no mean: snow, frost.');
  expect(text).not.toContain('mCE');
});
