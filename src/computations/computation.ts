/** What every computation of a run has in common. */
import type { RequestContract } from '../protocol/contract';
import type * as z from 'zod/mini';
import type { OnWaiting, Scheduler } from './scheduler';

/** What the program gives in which computations run. */
export interface Host {
  readonly scheduler: Scheduler;
  /** Starts the engine, if it is not yet: called before something is computed, and not where all is kept. */
  readonly start: () => Promise<unknown>;
  /** Told of what could not be kept: it is there all the same. */
  readonly onWarning: (text: string, error?: unknown) => void;
}

/** What goes with one request. */
export interface RequestOptions<Progress> {
  readonly signal: AbortSignal;
  readonly progress: (value: Progress) => void;
  /** Told what the request waits for, where it has to. */
  readonly onWaiting?: OnWaiting | undefined;
  /** Whether an image that cannot be used fails the request; else it is told of, and the others are computed. */
  readonly strict?: boolean | undefined;
}

export type Work<Progress = never> = Host & RequestOptions<Progress>;

/**
 * Answers a request about a run: what is kept at once, the rest as it is computed.
 * @throws InputError, WorkError, CancelledError
 */
export type Computation<R extends RequestContract> = (
  params: z.output<R['params']>,
  work: Work<z.output<R['progress']>>,
) => Promise<z.output<R['result']>>;
