/** What a study's tests have come to: the tests as the editor has them, put beside what the engine knows. */
import type { Measured } from '../../measures/robustness/measured';
import type { RobustnessResultMessage } from '../../protocol/engine';
import { formerPlaces } from '../../study/formerPlaces';
import type { StudyTest } from './studyTests';

/** A test as it was when the engine was asked, with what is known of it by epoch. */
export interface KnownTest extends Pick<StudyTest, 'title' | 'drawn' | 'key' | 'expectation'> {
  readonly results: ReadonlyMap<number, RobustnessResultMessage>;
}

/** Of a run, in the order of the study's list. */
export interface KnownTests {
  readonly run: string;
  readonly tests: readonly KnownTest[];
}

export type Outcome = { readonly epoch: number } & (
  | { readonly kind: 'missing' }
  /** `was`: what it was computed from; undefined where that is called as the test is now. */
  | { readonly kind: 'stale'; readonly measured: Measured; readonly was: string | undefined }
  /** measured: nothing is expected of it, or something else by now than it was judged by. */
  | { readonly kind: 'passed' | 'measured'; readonly measured: Measured }
  | { readonly kind: 'failed'; readonly measured: Measured; readonly misses: readonly string[] }
);

/** Whether there is no result, or none that still holds. */
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
      // The engine also says in what else they differ; what is not saved yet it has not seen.
      const was = former === undefined ? result.was : former.title === test.title ? undefined : former.title;
      return { kind: 'stale', epoch, measured, was };
    }
    return same?.expectation === test.expectation ? judged(test, result) : { kind: 'measured', epoch, measured };
  });
}

/** Of a result that is not outdated. */
export function judged({ expectation }: Pick<StudyTest, 'expectation'>, result: RobustnessResultMessage): Outcome {
  const { epoch, measured, misses } = result;
  if (expectation === '') return { kind: 'measured', epoch, measured };
  return misses.length > 0 ? { kind: 'failed', epoch, measured, misses } : { kind: 'passed', epoch, measured };
}

/** The one that the numbers are of, wherever in the list it was. */
function sameTest({ key, index }: StudyTest, known: KnownTests | undefined): KnownTest | undefined {
  const there = known?.tests[index];
  return there?.key === key ? there : known?.tests.find((test) => test.key === key);
}

/** The one that it was before it was changed, and perhaps moved. */
function formerTest(
  { index }: StudyTest,
  tests: readonly StudyTest[],
  known: KnownTests | undefined,
): KnownTest | undefined {
  const former = new Map(known?.tests.map(({ drawn }, place) => [place, [drawn]]));
  const place = formerPlaces(
    former,
    tests.map(({ drawn }) => drawn),
  )[index];
  return place === undefined ? undefined : known?.tests[place];
}
