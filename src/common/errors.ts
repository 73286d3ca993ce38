/**
 * The two ways in which a request ends badly for a reason a person can act on. Anything else that is thrown is a
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
}

abstract class ReportedError extends Error {
  /** The process's exit code: 1 when the work failed, 2 when the request was wrong. */
  abstract readonly exitCode: 1 | 2;

  constructor(
    readonly summary: string,
    readonly problem: Problem = {},
    options?: ErrorOptions,
  ) {
    super(describe(summary, problem), options);
  }
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

/** The person, or the program on their behalf, asked to stop. Exit code 1. */
export class CancelledError extends ReportedError {
  override readonly name = 'CancelledError';
  readonly exitCode = 1;

  constructor(summary = 'cancelled') {
    super(summary);
  }
}

export function isReportedError(error: unknown): error is InputError | WorkError | CancelledError {
  return error instanceof ReportedError;
}

/** `file, place: summary: found X, expected Y. Advice.` with the parts that are known. */
export function describe(summary: string, { file, place, found, expected, advice }: Problem): string {
  const where = [file, place].filter((part) => part !== undefined).join(', ');
  const what = [
    found === undefined ? undefined : `found ${found}`,
    expected === undefined ? undefined : `expected ${expected}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
  const sentence = [where, summary, what].filter((part) => part !== '').join(': ');
  return advice === undefined ? sentence : `${sentence}. ${advice}`;
}
