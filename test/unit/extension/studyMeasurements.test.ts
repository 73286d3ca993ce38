import { describe, expect, it } from 'vitest';
import { judged, outcomesOf, type KnownTests, type TestResult } from '../../../src/extension/robustness/outcomes';
import { studyTests } from '../../../src/extension/robustness/studyTests';

const text = (measurements: object): string =>
  JSON.stringify({ perturbations: [{ kind: 'rotation' }], ...measurements }, null, 2);
const testsOf = (measurements: object) => studyTests(text(measurements), 'a.epochlens.json').tests ?? [];

const result = (misses: TestResult['misses']): TestResult => ({
  entry: 1,
  epoch: 2,
  state: 'kept',
  misses,
  measured: { study: 'calibration', scores: [] },
});
const MISS = { text: 'ECE 0.1, expected at most 0.05', actual: 'ECE 0.1', expected: 'ECE at most 0.05' };

describe('a measurement among a study’s tests', () => {
  it('comes after the perturbations, where its field stands', () => {
    const source = text({ calibration: { ece: { max: 0.05 } } });
    const tests = studyTests(source, 'a.epochlens.json');
    expect(tests.tests?.map(({ index, study, title }) => [index, study, title])).toEqual([
      [0, undefined, 'rotation −30…30°'],
      [1, 'calibration', 'Calibration'],
    ]);
    expect(source.slice(tests.offsets[1]).startsWith('"calibration"')).toBe(true);
  });

  it('passes or fails, and a changed limit makes it unjudged and not stale', () => {
    const tests = testsOf({ calibration: { ece: { max: 0.05 } } });
    const test = tests[1]!;
    expect(judged(test, result([MISS])).kind).toBe('failed');
    expect(judged(test, result([])).kind).toBe('passed');
    const known: KnownTests = {
      run: 'r',
      tests: tests.map((each) => ({ ...each, results: new Map(each.index === 1 ? [[2, result([MISS])]] : []) })),
    };
    expect(outcomesOf(test, tests, known, [1, 2]).map(({ kind }) => kind)).toEqual(['missing', 'failed']);
    const changed = testsOf({ calibration: { ece: { max: 0.5 } } });
    expect(outcomesOf(changed[1]!, changed, known, [2])[0]?.kind).toBe('measured');
    const fewer = testsOf({ calibration: { images: 10, ece: { max: 0.05 } } });
    expect(outcomesOf(fewer[1]!, fewer, known, [2])[0]?.kind).toBe('stale');
  });
});
