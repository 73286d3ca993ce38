/**
 * What a tab measures. What is kept is asked for at once and shown; what is missing is dear, and is computed once the
 * person says so.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Waiting } from '../../src/protocol/engine';
import { createRequest, type Count, type RequestState } from '../frame/request';

/** An answer, as far as it is there, and what it is the answer to. */
export interface Measured<Params, Answer> {
  readonly params: Params;
  readonly answer: Answer;
}

/** How much of what is wanted is not there: 0 where all is; undefined while what is kept is looked for. */
export type Lack = number | undefined;

export interface MeasurementOptions<Params, Progress, Result, Answer> {
  readonly ask: (
    params: Params & { readonly compute: boolean },
    options: { readonly signal: AbortSignal; readonly progress: (value: Progress | Waiting) => void },
  ) => Promise<Result>;
  /** The answer with what has come; undefined while there is nothing to show. */
  readonly take: (answer: Answer | undefined, progress: Progress, params: Params) => Answer | undefined;
  /** The answer at the end, where it says more. */
  readonly finish?: (answer: Answer | undefined, result: Result) => Answer | undefined;
  /** How much was not kept, by the answer to a request that computes nothing. */
  readonly lackOf: (result: Result) => number;
  /** How far it is, where that is what has come. */
  readonly countOf: (progress: Progress) => Count | undefined;
  /** Told of the pace at the end: so many units in so many seconds. */
  readonly onPace?: (units: number, seconds: number) => void;
}

export interface Measurement<Params, Answer> {
  /** Of computing: looking for what is kept is not told. */
  readonly state: ReadonlySignal<RequestState>;
  readonly shown: ReadonlySignal<Measured<Params, Answer> | undefined>;
  readonly lack: ReadonlySignal<Lack>;
  /** Sets what is wanted, or nothing. */
  readonly want: (params: Params | undefined) => void;
  /** Computes what is missing. */
  readonly measure: () => void;
  readonly cancel: () => void;
  readonly resume: () => void;
}

interface Step<Params> {
  readonly params: Params;
  readonly compute: boolean;
}

export function createMeasurement<Params extends object, Progress, Result, Answer>(
  options: MeasurementOptions<Params, Progress, Result, Answer>,
): Measurement<Params, Answer> {
  const wanted = signal<Step<Params> | undefined>(undefined);
  const shown = signal<Measured<Params, Answer> | undefined>(undefined);
  const lack = signal<Lack>(undefined);
  let count: Count = { done: 0, of: 0 };
  let began = { at: 0, done: 0 };

  const request = createRequest<Step<Params>, Step<Params>, Progress, Result>({
    ask: ({ params, compute }, asked) => options.ask({ ...params, compute }, asked),
    basis: ({ params }) => JSON.stringify(params),
    forget() {
      lack.value = undefined;
      count = { done: 0, of: 0 };
    },
    missing(step, { stopped }) {
      const known = lack.peek();
      if (known === 0) return undefined;
      if (step.compute) return stopped ? undefined : step;
      return known === undefined ? step : undefined;
    },
    onProgress(progress, { params }) {
      const next = options.countOf(progress);
      if (next !== undefined) {
        if (count.of === 0) began = { at: performance.now(), done: next.done };
        count = { done: next.done, of: next.of };
      }
      const answer = options.take(answerTo(params), progress, params);
      if (answer !== undefined) shown.value = { params, answer };
    },
    onResult(result, { params, compute }) {
      const answer = options.finish === undefined ? answerTo(params) : options.finish(answerTo(params), result);
      if (answer !== undefined) shown.value = { params, answer };
      lack.value = compute ? 0 : options.lackOf(result);
      if (compute && count.done > began.done)
        options.onPace?.(count.done - began.done, (performance.now() - began.at) / 1000);
    },
    count: () => count,
  });

  function answerTo(params: Params): Answer | undefined {
    const of = shown.peek();
    return of !== undefined && JSON.stringify(of.params) === JSON.stringify(params) ? of.answer : undefined;
  }

  function set(step: Step<Params> | undefined): void {
    wanted.value = step;
    request.want(step);
  }

  return {
    state: computed(() => {
      const now = request.state.value;
      const isTold = now.kind === 'failed' || wanted.value?.compute === true;
      return isTold ? now : { kind: 'idle' };
    }),
    shown: computed(() =>
      shown.value !== undefined && JSON.stringify(shown.value.params) === JSON.stringify(wanted.value?.params)
        ? shown.value
        : undefined,
    ),
    lack,
    want(params) {
      if (JSON.stringify(params) === JSON.stringify(wanted.peek()?.params)) return;
      set(params && { params, compute: false });
    },
    measure() {
      const step = wanted.peek();
      if (step?.compute === true) request.resume();
      else if (step !== undefined) set({ ...step, compute: true });
    },
    cancel: request.cancel,
    resume: request.resume,
  };
}
