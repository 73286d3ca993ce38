import { cut, oneLine, visible } from './printable';

/**
 * The ways in which a request ends otherwise than well for a reason a person can act on. Anything else that is thrown is a
 * defect of ours and is reported with its stack.
 */
export interface Problem {
  /** The file or folder that is at fault, as the person named it. */
  readonly file?: string;
  /** Where in it: a line and column, a tensor's name, a record's number. */
  readonly place?: string;
  readonly found?: string;
  readonly expected?: string;
  /** What to do next. */
  readonly advice?: string;
  /** Lines below the first: what else is wrong, a line each. They are printed as they are. */
  readonly lines?: readonly string[];
}

abstract class ReportedError extends Error {
  /** The process's exit code: 1 when the work failed, 2 when the request was wrong, 74 and 75 to a scheduler. */
  abstract readonly exitCode: 1 | 2 | 74 | 75;

  constructor(
    readonly summary: string,
    readonly problem: Problem = {},
    options?: ErrorOptions,
  ) {
    super(describe(summary, problem), options);
    // A log shows the stack, which begins with the class's name.
    if (this.stack !== undefined) this.stack = this.stack.replace(/^(?:\w*Error): /, '');
  }

  /** Without the class's name, which says nothing to a person. */
  override toString(): string {
    return this.message;
  }

  /** As Node's `console` prints it. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.message;
  }
}

/** What a person is told of anything that was thrown: its message, without a class's name. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

/** The request was wrong: a field, an argument, a file given by the person. Exit code 2. */
export class InputError extends ReportedError {
  override readonly name = 'InputError';
  readonly exitCode = 2;
}

/** The request was right and the work failed: no space, no network, a process that died. Exit code 1. */
export class WorkError extends ReportedError {
  override readonly name = 'WorkError';
  readonly exitCode = 1;
}

/**
 * The work found the disk full, so that perhaps not even that could be written: its scheduler is told. Exit code 74,
 * EX_IOERR of `sysexits.h`.
 */
export class DiskFullError extends ReportedError {
  override readonly name = 'DiskFullError';
  readonly exitCode = 74;
}

/** The work was stopped, and goes on in a process that its scheduler starts. Exit code 75, EX_TEMPFAIL of `sysexits.h`. */
export class UnfinishedError extends ReportedError {
  override readonly name = 'UnfinishedError';
  readonly exitCode = 75;
}

/** The person, or the program on their behalf, asked to stop. Exit code 1. */
export class CancelledError extends ReportedError {
  override readonly name = 'CancelledError';
  readonly exitCode = 1;

  constructor(summary = 'cancelled') {
    super(summary);
  }
}

/** Any of them. */
export type Reported = InputError | WorkError | DiskFullError | UnfinishedError | CancelledError;

export function isReportedError(error: unknown): error is Reported {
  return error instanceof ReportedError;
}

/** How long the parts of a message may be, in UTF-16 units: files name and hold what a stranger put there. */
const MOST = { name: 120, place: 200, summary: 400, found: 300, expected: 600 };
/** The largest that a system takes: a path is copied, and so is given whole. */
const LONGEST_PATH = 4096;

/**
 * `NAME, place: summary: found X, expected Y. Advice. (PATH)` with the parts that are known: what happened and the file's
 * name come first, and its path, to be copied, last and only where the name is not all of it.
 */
export function describe(summary: string, { file, place, found, expected, advice, lines = [] }: Problem): string {
  const path = file && cut(visible(file), LONGEST_PATH);
  const name = file && cut(visible(nameOf(file)), MOST.name);
  const where = [name, place && cut(oneLine(place), MOST.place)].filter(Boolean).join(', ');
  const said = [where, cut(oneLine(summary), MOST.summary), comparison(found, expected)].filter(Boolean).join(': ');
  const sentence = advice === undefined ? said : `${said}. ${advice}`;
  const first = path === undefined || path === name ? sentence : `${sentence} (${path})`;
  return [first, ...lines].join('\n');
}

/** What of a path or an address the person calls the file. */
function nameOf(path: string): string {
  const plain = /^[a-z]+:\/\//.test(path) ? path.replace(/[?#].*$/, '') : path;
  const last = plain
    .replace(/[\\/]+$/, '')
    .split(plain.includes('/') ? '/' : '\\')
    .at(-1);
  return last === undefined || ['', '.', '..'].includes(last) ? path : last;
}

/** The two sides of a comparison, which never read the same. */
function comparison(found: string | undefined, expected: string | undefined): string {
  const [one, other] = apart(found && oneLine(found), expected && oneLine(expected));
  return [one && `found ${one}`, other && `expected ${other}`].filter(Boolean).join(', ');
}

function apart(found: string | undefined, expected: string | undefined): (string | undefined)[] {
  if (found === undefined || expected === undefined)
    return [found && cut(found, MOST.found), expected && cut(expected, MOST.expected)];
  if (found === expected) return [cut(found, MOST.found), 'something else'];
  const alike = found.length > MOST.found && expected.startsWith(found.slice(0, MOST.found - 1));
  return alike
    ? [fromDifference(found, expected), fromDifference(expected, found)]
    : [cut(found, MOST.found), cut(expected, MOST.expected)];
}

/** Of texts that differ only where they are cut, what lies about the first difference. */
function fromDifference(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at++;
  return `…${cut(text.slice(Math.max(0, at - 20)), MOST.found)}`;
}
