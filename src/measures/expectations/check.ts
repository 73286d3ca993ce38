/** Whether what was found of a study at a checkpoint is what the study expects. */
import { fixedText } from '../../common/numberText';
import type { FoundNumber, FoundScore } from './found';
import { apartFrom, isAtLeast, missTexts, type MissTexts } from './limit';
import type { ExpectedControl, ExpectedScore, ExpectedStudy } from './studies';

/** What a study asks of its scores, by their keys: `min`, `max`, and by how much above or below controls. */
export type ScoreLimits = Readonly<Record<string, number | undefined>>;
export type StudyLimits = Readonly<Record<string, ScoreLimits | undefined>>;

export interface ScoreMiss extends MissTexts {
  /** The field: "deletion.max". */
  readonly expectation: string;
  /** False where it could not be measured: the test fails as undecided. */
  readonly decided: boolean;
  readonly measured: number | null;
  readonly limit: number;
}

/**
 * What is missed: nothing where the checkpoint passes.
 * @param found a score that is not in it does not apply at this checkpoint; one without a mean cannot be decided
 */
export function missedLimits(study: ExpectedStudy, limits: StudyLimits, found: readonly FoundScore[]): ScoreMiss[] {
  return study.scores.flatMap((score) => {
    const asked = limits[score.key];
    const number = found.find(({ key }) => key === score.key);
    return asked === undefined || number === undefined ? [] : scoreMisses(score, asked, number);
  });
}

function scoreMisses(score: ExpectedScore, limits: ScoreLimits, found: FoundScore): ScoreMiss[] {
  const { min, max } = limits;
  const own = { name: score.name, number: found, digits: score.digits };
  return [
    ...(min === undefined ? [] : miss({ ...own, field: `${score.key}.min`, limit: min, bound: 'least' })),
    ...(max === undefined ? [] : miss({ ...own, field: `${score.key}.max`, limit: max, bound: 'most' })),
    ...score.controls.flatMap((control) => controlMisses(score, control, limits[control.field], found)),
  ];
}

function controlMisses(
  score: ExpectedScore,
  { id, name, direction, field }: ExpectedControl,
  limit: number | undefined,
  found: FoundScore,
): ScoreMiss[] {
  if (limit === undefined) return [];
  const difference = found.differences.find(({ control }) => control === id);
  const sign = direction === 'below' ? -1 : 1;
  const by = difference?.mean ?? null;
  const turned = by === null ? null : direction === 'within' ? Math.abs(by) : sign * by;
  const interval = difference?.interval ?? null;
  return miss({
    name: direction === 'within' ? `${score.name} apart from ${name}` : `${score.name} ${direction} ${name} by`,
    number: {
      mean: turned,
      n: difference?.n ?? null,
      // The interval is that of the difference as it is written.
      interval:
        interval && sign < 0 ? { low: -interval.high, high: -interval.low } : direction === 'within' ? null : interval,
    },
    digits: score.digits,
    field: `${score.key}.${field}`,
    limit,
    bound: direction === 'within' ? 'most' : 'least',
  });
}

interface Checked {
  readonly name: string;
  readonly number: FoundNumber;
  readonly digits: number;
  readonly field: string;
  readonly limit: number;
  readonly bound: 'least' | 'most';
}

function miss({ name, number, digits, field, limit, bound }: Checked): ScoreMiss[] {
  const { mean, n } = number;
  const asked = `at ${bound} ${limit}`;
  if (mean === null) {
    const words = missTexts(name, 'cannot be decided: there is no such number of this checkpoint', asked);
    return [{ expectation: field, decided: false, measured: null, limit, ...words }];
  }
  const isMet = bound === 'least' ? isAtLeast(mean, limit) : isAtLeast(-mean, -limit);
  if (isMet) return [];
  const of = n === null ? '' : ` (${withinText(number, digits)}${n} ${n === 1 ? 'image' : 'images'})`;
  const words = missTexts(name, `${apartFrom(limit, mean, digits).replace('-', '−')}${of}`, asked);
  return [{ expectation: field, decided: true, measured: mean, limit, ...words }];
}

function withinText({ interval }: FoundNumber, digits: number): string {
  return interval === null ? '' : `95 % ${fixedText(interval.low, digits)}…${fixedText(interval.high, digits)}, `;
}

/** "Deletion 0.212, ROAD 0.140 …": what was found of the scores that are expected, or of all. */
export function foundText(study: ExpectedStudy, found: readonly FoundScore[], limits: StudyLimits = {}): string {
  const named = study.scores.filter(({ key }) => limits[key] !== undefined);
  const shown = named.length > 0 ? named : study.scores;
  return shown
    .flatMap(({ key, name, digits }) => {
      const mean = found.find((each) => each.key === key)?.mean;
      return mean === undefined || mean === null ? [] : [`${name} ${fixedText(mean, digits)}`];
    })
    .join(', ');
}

/** The same with intervals and differences to controls, a line each. */
export function foundLines(study: ExpectedStudy, found: readonly FoundScore[]): string[] {
  return study.scores.flatMap(({ key, name, digits, controls }) => {
    const score = found.find((each) => each.key === key);
    if (score === undefined || score.mean === null) return [];
    const differences = score.differences.flatMap((difference) => {
      const control = controls.find(({ id }) => id === difference.control);
      return control === undefined || difference.mean === null
        ? []
        : [`${name} less that of ${control.name}: ${numberText(difference, digits)}`];
    });
    return [`${name}: ${numberText(score, digits)}`, ...differences];
  });
}

function numberText(number: FoundNumber, digits: number): string {
  const { mean, n } = number;
  const of = n === null ? '' : ` (${withinText(number, digits)}n = ${n})`;
  return `${fixedText(mean ?? NaN, digits)}${of}`;
}
