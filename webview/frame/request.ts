/** The one way in which pages ask for what takes long: it aborts, waits for a dead engine's successor, and resumes. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { createTimeLeft } from '../../src/common/timeLeft';
import type { Waiting } from '../../src/protocol/engine';
import { RequestError } from '../../src/protocol/peer';

export interface Count {
  readonly done: number;
  readonly of: number;
}

export type RequestState =
  | { readonly kind: 'idle' }
  /** Another job of the engine comes first. */
  | { readonly kind: 'waiting'; readonly behind: NonNullable<Waiting['behind']> }
  /** `done` of `of` results are there. */
  | (Count & {
      readonly kind: 'computing' | 'cancelled';
      /** Seconds left, once they can be estimated. */
      readonly left?: number | undefined;
    })
  | { readonly kind: 'failed'; readonly message: string };

/** What there is to know for the choice of what to ask next. */
export interface Standing<Params> {
  /** The person cancelled: only what must not wait is asked. */
  readonly stopped: boolean;
  /** What was asked in vain. */
  readonly failed: readonly Params[];
}

export interface RequestOptions<Wanted, Params, Progress, Result> {
  readonly ask: (
    params: Params,
    options: { readonly signal: AbortSignal; readonly progress: (value: Progress | Waiting) => void },
  ) => Promise<Result>;
  /**
   * What is to be asked next, undefined where everything is there. It is looked for after each answer, until it is
   * undefined or the same as before.
   */
  readonly missing: (wanted: Wanted, standing: Standing<Params>) => Params | undefined;
  readonly onProgress?: (progress: Progress, params: Params) => void;
  readonly onResult?: (result: Result, params: Params) => void;
  /** How much of what is wanted is there, as far as that is known. */
  readonly count: (wanted: Wanted) => Count;
  /** Whether an open request is also right for what is wanted now; by default none is. */
  readonly covers?: (open: Params, wanted: Wanted) => boolean;
  /** What the results are of, as a text: where it changes, they are forgotten. */
  readonly basis?: (wanted: Wanted) => string;
  /** Called with what is wanted instead; with undefined where the person wants everything anew. */
  readonly forget?: (wanted: Wanted | undefined) => void;
  /** Whether what else is missing is asked after a failure; what failed is asked again by `resume`. */
  readonly goesOn?: boolean;
}

export interface Request<Wanted> {
  readonly state: ReadonlySignal<RequestState>;
  /** Sets what is wanted, or nothing. A request for anything else is aborted; results that are there stay. */
  readonly want: (wanted: Wanted | undefined) => void;
  readonly cancel: () => void;
  /** Asks for what is missing, after a failure or a cancellation. */
  readonly resume: () => void;
  /** Forgets everything and asks for it again. */
  readonly again: () => void;
}

/** The delay before a dead engine's successor is asked. */
const RESTART_MILLISECONDS = 300;

export function createRequest<Wanted, Params, Progress, Result>(
  options: RequestOptions<Wanted, Params, Progress, Result>,
): Request<Wanted> {
  const state = signal<RequestState>({ kind: 'idle' });
  let wanted: Wanted | undefined;
  let basis: string | undefined;
  let open: { readonly params: Params; readonly controller: AbortController } | undefined;
  let stopped = false;
  let failed: Params[] = [];
  let failure: string | undefined;
  let timeLeft = createTimeLeft();

  function tell(kind: 'computing' | 'cancelled'): void {
    if (wanted === undefined) return;
    const count = options.count(wanted);
    state.value = { kind, ...count, left: kind === 'computing' ? timeLeft(count.done, count.of) : undefined };
  }

  function end(): void {
    open = undefined;
    const cancelled = stopped && wanted !== undefined && options.missing(wanted, { stopped: false, failed });
    if (failure !== undefined) state.value = { kind: 'failed', message: failure };
    else if (cancelled) tell('cancelled');
    else state.value = { kind: 'idle' };
  }

  /** @param answered what was just asked: what its answer left out would be left out again */
  function next(answered?: Params, afterDeath = false): void {
    const params = wanted === undefined ? undefined : options.missing(wanted, { stopped, failed });
    if (params === undefined || isSame(params, answered)) {
      end();
      return;
    }
    const controller = new AbortController();
    open = { params, controller };
    tell('computing');
    void run(params, controller.signal, afterDeath);
  }

  async function run(params: Params, signal: AbortSignal, afterDeath: boolean): Promise<void> {
    /** Set by the answers that come meanwhile. */
    const got = { progress: false };
    const isAborted = (): boolean => signal.aborted;
    const progress = (value: Progress | Waiting): void => {
      // An aborted request reports nothing.
      if (isAborted()) return;
      if (isWaiting(value)) {
        if (value.behind === null) tell('computing');
        else state.value = { kind: 'waiting', behind: value.behind };
        return;
      }
      got.progress = true;
      options.onProgress?.(value, params);
      tell('computing');
    };
    try {
      const result = await options.ask(params, { signal, progress });
      if (isAborted()) return;
      options.onResult?.(result, params);
      next(params);
    } catch (error) {
      if (isAborted()) return;
      const gone = error instanceof RequestError && error.failure.reason === 'gone';
      // The next request starts a dead engine again. This happens once, unless there was progress in between.
      if (gone && (!afterDeath || got.progress)) {
        setTimeout(() => !isAborted() && next(undefined, true), RESTART_MILLISECONDS);
        return;
      }
      failure ??= error instanceof Error ? error.message : String(error);
      failed.push(params);
      if (options.goesOn === true) next(params);
      else end();
    }
  }

  function stop(): void {
    open?.controller.abort();
    open = undefined;
  }

  function begin(): void {
    stop();
    timeLeft = createTimeLeft();
    next();
  }

  /** What failed may be asked again. */
  function forgetFailures(): void {
    failed = [];
    failure = undefined;
  }

  function rebase(value: Wanted): void {
    const of = options.basis?.(value);
    if (of === basis) return;
    basis = of;
    stop();
    stopped = false;
    forgetFailures();
    options.forget?.(value);
  }

  return {
    state,
    want(value) {
      if (isSame(value, wanted)) return;
      wanted = value;
      // Where one failure does not keep others from being asked, it stands until the person asks again.
      if (options.goesOn !== true) forgetFailures();
      if (value !== undefined) rebase(value);
      if (open !== undefined && value !== undefined && options.covers?.(open.params, value) === true) tell('computing');
      else begin();
    },
    cancel() {
      stopped = true;
      stop();
      tell('cancelled');
    },
    resume() {
      stopped = false;
      forgetFailures();
      begin();
    },
    again() {
      stop();
      stopped = false;
      forgetFailures();
      options.forget?.(undefined);
      begin();
    },
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isWaiting(value: unknown): value is Waiting {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'waiting';
}
