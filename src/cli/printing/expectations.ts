/** What is said of a measurement that a study expects something of, the same for each command. */
import { WorkError } from '../../common/errors';
import { foundText, missedLimits, type StudyLimits } from '../../measures/expectations/check';
import type { FoundScore } from '../../measures/expectations/found';
import { expectedStudy, type StudyKey } from '../../measures/expectations/studies';
import type { Command } from 'commander';
import { currentStudy, type Run } from '../../runs';
import type { Output } from './output';

/** A checkpoint's numbers. */
export interface FoundAt {
  /** "epoch 20" */
  readonly name: string;
  readonly epoch: number;
  readonly scores: readonly FoundScore[];
}

/** A checkpoint that the study's limits were held against. */
export interface JudgedAt extends FoundAt {
  readonly architecture: string;
  readonly misses: ReturnType<typeof missedLimits>;
}

/** Options by which a measurement is another one than the study expects something of. */
const CHANGING = ['parameter', 'layer', 'target', 'images', 'focus', 'seed', 'roadNoise', 'draws', 'trainingImages'];

/** Those of them that were typed: "--images". */
export function changingOptions(command: Command): string[] {
  const isTyped = (option: string): boolean => command.getOptionValueSource(option) === 'cli';
  return CHANGING.filter(isTyped).map(
    (option) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
}

export interface Judging {
  /** See {@link changingOptions}. */
  readonly changedBy: readonly string[];
  readonly output: Output;
}

export interface JudgedMeasurement extends Judging {
  readonly run: Run;
  readonly key: StudyKey;
  readonly found: readonly FoundAt[];
}

/** By checkpoint; nothing where the study expects nothing of this measurement, or this is another one, which is said. */
export async function judged({ run, key, found, changedBy, output }: JudgedMeasurement): Promise<JudgedAt[]> {
  const { [key]: limits } = await currentStudy(run);
  const study = expectedStudy(key);
  if (limits === undefined || study.scores.every((score) => limits[score.key] === undefined)) return [];
  if (changedBy.length > 0) {
    output.line(`The study’s "${key}" is not judged: its measurement is the one without ${changedBy.join(', ')}.`);
    return [];
  }
  const { architecture } = run.study.model;
  return found.map((at) => ({ ...at, architecture, misses: missedLimits(study, limits as StudyLimits, at.scores) }));
}

/** For a JSON document: by checkpoint whether it passes, and what it misses. */
export function testsDocument(tests: readonly JudgedAt[]): unknown {
  return tests.map(({ epoch, misses }) => ({ epoch, passed: misses.length === 0, misses }));
}

/** @throws WorkError where a checkpoint misses what is expected of it, with what was found */
export function failWhereMissed(output: Output, key: StudyKey, tests: readonly JudgedAt[]): void {
  failWhereAnyMissed(output, { [key]: tests });
}

/** The same of several measurements that one command makes. @throws WorkError */
export function failWhereAnyMissed(
  output: Output,
  tests: Readonly<Partial<Record<StudyKey, readonly JudgedAt[]>>>,
): void {
  const judgements = Object.entries(tests) as [StudyKey, readonly JudgedAt[]][];
  const all = judgements.flatMap(([, ofKey]) => ofKey);
  const several = new Set(all.map(({ architecture }) => architecture)).size > 1;
  const lines = judgements.flatMap(([key, ofKey]) =>
    ofKey
      .filter(({ misses }) => misses.length > 0)
      .map(({ architecture, name, misses, scores }) => {
        const texts = misses.map(({ text }) => text).join('; ');
        return `  ${several ? `${architecture}: ` : ''}${key} at ${name}: ${texts} (found: ${foundText(expectedStudy(key), scores)})`;
      }),
  );
  if (lines.length > 0) throw new WorkError(`${lines.length} of ${all.length} tests failed`, { lines });
  for (const [key, { length }] of judgements)
    if (length > 0) output.line(`${expectedStudy(key).title}: all of ${length} tests pass`);
}
