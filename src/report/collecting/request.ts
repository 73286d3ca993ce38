/** How the parts of a report are asked for: from what is kept, or computed in this process. */
import {
  openComputations,
  type ComputationName,
  type ParamsOf,
  type ProgressOf,
  type ResultOf,
} from '../../computations';
import { WorkError } from '../../common/errors';
import type { DataProgress } from '../../datasets';
import type { Run } from '../../runs';
import type { Study } from '../../study';
import type { Part } from '../content';

/** Where a person is told how far the report is. */
export interface ReportProgress {
  /** A line about what is being done. */
  readonly log: (text: string) => void;
  /** How many of something are done: "heatmaps". */
  readonly count: (what: string) => (done: number, of: number) => void;
  readonly data: (progress: DataProgress) => void;
}

export interface CollectOptions {
  readonly run: Run;
  /** The one that counts: see `studyInForce`. */
  readonly study: Study;
  /** The epochs of tables and figures, ascending. */
  readonly epochs: readonly number[];
  /** Whether what is not kept may be computed. */
  readonly compute: boolean;
  readonly progress: ReportProgress;
  /** @throws NotComputedError where something would have to be computed and may not */
  readonly request: ComputeRequest;
}

type ComputeRequest = <N extends ComputationName>(
  name: N,
  params: ParamsOf<N>,
  progress?: (value: ProgressOf<N>) => void,
) => Promise<ResultOf<N>>;

/** What is not kept, where nothing may be computed. */
export class NotComputedError extends WorkError {
  constructor() {
    super('this has not been computed');
  }
}

export function createAsk(start: () => Promise<unknown>, signal: AbortSignal, { log }: ReportProgress): ComputeRequest {
  const computations = openComputations({ start, onWarning: (text) => log(text) });
  return (name, params, progress = () => undefined) => computations[name](params, { signal, progress });
}

export function refuseToStart(): Promise<never> {
  return Promise.reject(new NotComputedError());
}

/** A part of the report, or why it is not there. */
export async function part<T>(work: () => Promise<Part<T>>): Promise<Part<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotComputedError)) throw error;
    return { ...absent('It has not been computed yet: a report without --quick does.'), isComputable: true };
  }
}

export function there<T>(value: T): Part<T> {
  return { there: true, value };
}

export function absent(reason: string): { readonly there: false; readonly reason: string } {
  return { there: false, reason };
}
