/** The outcomes of a study's tests: the editor's tests combined with the engine's results. */
import type { FoundScore } from '../../measures/expectations/found';
import type { StudyKey } from '../../measures/expectations/studies';
import type { Measured } from '../../measures/robustness/measured';
import type { RobustnessResultMessage } from '../../protocol/engine';
import { formerPlaces } from '../../study/formerPlaces';
import type { StudyTest } from './studyTests';

/** The scores of a measurement at a checkpoint. */
export interface MeasuredScores {
  readonly study: StudyKey;
  readonly scores: readonly FoundScore[];
}

/** A result of a test, by its position among all tests. */
export interface TestResult extends Omit<RobustnessResultMessage, 'kind' | 'measured'> {
  readonly measured: Measured | MeasuredScores;
}

/** A test as the engine knew it, with its results by epoch. */
export interface KnownTest extends Pick<StudyTest, 'title' | 'study' | 'drawn' | 'key' | 'expectation'> {
  readonly results: ReadonlyMap<number, TestResult>;
}

/** A run's results, in the order of the study's list. */
export interface KnownTests {
  readonly run: string;
  readonly tests: readonly KnownTest[];
}

export type Outcome = { readonly epoch: number } & (
  | { readonly kind: 'missing' }
  /** `was`: the settings that it was computed from; undefined where their name is that of the present test. */
  | { readonly kind: 'stale'; readonly measured: TestResult['measured']; readonly was: string | undefined }
  /** measured: nothing is expected of it, or its expectation has changed since it was judged. */
  | { readonly kind: 'passed' | 'measured'; readonly measured: TestResult['measured'] }
  | { readonly kind: 'failed'; readonly measured: TestResult['measured']; readonly misses: TestResult['misses'] }
);

/** Whether there is no result, or only an outdated one. */
export function isOpen({ kind }: Outcome): boolean {
  return kind === 'missing' || kind === 'stale';
}

/** A test's outcome at each of some epochs. */
export function outcomesOf(
  test: StudyTest,
  tests: readonly StudyTest[],
  known: KnownTests | undefined,
  epochs: readonly number[],
): Outcome[] {
  const same = sameTest(test, known);
  const former = same === undefined ? formerTest(test, tests, known) : undefined;
  return epochs.map((epoch) => {
    const result = (same ?? former)?.results.get(epoch);
    if (result === undefined) return { kind: 'missing', epoch };
    const { measured } = result;
    if (former !== undefined || result.state === 'stale') {
      // The engine names other differences, but it has not seen unsaved changes.
      const was = former === undefined ? result.was : former.title === test.title ? undefined : former.title;
      return { kind: 'stale', epoch, measured, was };
    }
    return same?.expectation === test.expectation ? judged(test, result) : { kind: 'measured', epoch, measured };
  });
}

/** The outcome for a result that is not outdated. */
export function judged({ expectation }: Pick<StudyTest, 'expectation'>, result: TestResult): Outcome {
  const { epoch, measured, misses } = result;
  if (expectation === '') return { kind: 'measured', epoch, measured };
  return misses.length > 0 ? { kind: 'failed', epoch, measured, misses } : { kind: 'passed', epoch, measured };
}

/** The result with the same settings, at whatever position in the list. */
function sameTest({ key, index }: StudyTest, known: KnownTests | undefined): KnownTest | undefined {
  const there = known?.tests[index];
  return there?.key === key ? there : known?.tests.find((test) => test.key === key);
}

/** The result of the test before it was changed, and perhaps moved. */
function formerTest(
  test: StudyTest,
  tests: readonly StudyTest[],
  known: KnownTests | undefined,
): KnownTest | undefined {
  if (test.study !== undefined) return known?.tests.find(({ study }) => study === test.study);
  const former = new Map(known?.tests.flatMap(({ drawn }, place) => (drawn === undefined ? [] : [[place, [drawn]]])));
  const place = formerPlaces(
    former,
    tests.flatMap(({ drawn }) => drawn ?? []),
  )[test.index];
  return place === undefined ? undefined : known?.tests[place];
}
