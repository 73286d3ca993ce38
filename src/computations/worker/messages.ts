/** What the thread that computes and the one beside it say to each other. */
import { InputError, isReportedError, WorkError, type Problem } from '../../common/errors';
import type { JobName } from './jobs';

export interface JobMessage {
  readonly id: number;
  readonly name: JobName;
  readonly params: unknown;
}

/** A job, or that one is no longer wanted. */
export type ToBackground = JobMessage | { readonly cancel: number };

export type AnswerMessage =
  { readonly id: number; readonly result: object } | { readonly id: number; readonly failure: JobFailure };

/** An error as it crosses: a copy of an object loses its class. */
export interface JobFailure {
  readonly kind: 'input' | 'work' | 'defect';
  readonly summary: string;
  readonly problem: Problem;
  readonly stack?: string | undefined;
}

export function failureOf(error: unknown): JobFailure {
  if (isReportedError(error)) {
    return { kind: error instanceof InputError ? 'input' : 'work', summary: error.summary, problem: error.problem };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'defect', summary: message, problem: {}, stack };
}

export function errorOf({ kind, summary, problem, stack }: JobFailure): Error {
  if (kind === 'input') return new InputError(summary, problem);
  if (kind === 'work') return new WorkError(summary, problem);
  const error = new Error(summary);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** The memory of a message's arrays: it changes hands, and nothing is copied. Arrays that share theirs are copied. */
export function ownMemory(value: object): ArrayBuffer[] {
  return Object.values(value).flatMap((part: unknown) =>
    ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer && part.byteLength === part.buffer.byteLength
      ? [part.buffer]
      : [],
  );
}
