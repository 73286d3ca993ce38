import { describe, type Problem } from '../common/errors';

export type JsonPath = readonly (string | number)[];

/** One thing that is wrong with a JSON text, and where. */
export interface StudyProblem {
  /** Where in the text, in UTF-16 units: what an editor underlines. */
  readonly offset: number;
  readonly length: number;
  /** The same, counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly path: JsonPath;
  readonly summary: string;
  readonly found?: string;
  readonly expected?: string;
  readonly advice?: string;
  /** What the text there should perhaps be replaced by, as JSON: for a quick fix. */
  readonly replacement?: string;
  /** How many more of its kind there are that are not described. */
  readonly more?: number;
}

/** `training.epochs`, `perturbations[2].pixels` */
function pathText(path: JsonPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${String(step)}]` : index === 0 ? step : `.${step}`))
    .join('');
}

const LONGEST_PATH = 120;

/** "And 9,995 more like this." */
export function moreText(more: number): string {
  return `And ${more.toLocaleString('en')} more like this.`;
}

/** `line 4, column 12 (training.epochs)` */
function placeText({ line, column, path }: StudyProblem): string {
  const position = `line ${String(line)}, column ${String(column)}`;
  if (path.length === 0) return position;
  const field = pathText(path);
  return `${position} (${field.length > LONGEST_PATH ? `${field.slice(0, LONGEST_PATH)}…` : field})`;
}

/** What an `InputError` says of it. */
export function asProblem(problem: StudyProblem, file?: string): Problem {
  const { found, expected, more } = problem;
  const advice = [problem.advice, more === undefined ? undefined : moreText(more)].filter(Boolean).join(' ');
  return {
    ...(file === undefined ? {} : { file }),
    place: placeText(problem),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    ...(advice === '' ? {} : { advice }),
  };
}

/** The problem as one sentence, its place included. */
export function problemText(problem: StudyProblem): string {
  return describe(problem.summary, asProblem(problem));
}
