/** How the parts of a report are asked for: from what is kept, or computed in this process. */
import type { Handler, Params, Progress, RequestName, Result } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import { createComputations, type Computations } from '../../computations/computations';
import { WorkError } from '../../common/errors';
import type { Part } from '../content';
import type { Run } from '../../runs';
import type { Study } from '../../study';
import type { Output } from '../../cli/output';

type ComputationName = keyof Computations & RequestName<EngineContract>;

export interface Asking {
  readonly run: Run;
  /** Whose perturbations, images and layer: the study file as it is now, while it describes the run's training. */
  readonly study: Study;
  /** The epochs of tables and figures, ascending. */
  readonly epochs: readonly number[];
  /** Whether what is not kept may be computed. */
  readonly compute: boolean;
  readonly output: Output;
  /** @throws NotComputedError where something would have to be computed and may not */
  readonly ask: <N extends ComputationName>(
    name: N,
    params: Params<EngineContract, N>,
    progress?: (value: Progress<EngineContract, N>) => void,
  ) => Promise<Result<EngineContract, N>>;
}

/** What is not kept, where nothing may be computed. */
export class NotComputedError extends WorkError {
  constructor() {
    super('this has not been computed');
  }
}

export function createAsk(start: () => Promise<unknown>, signal: AbortSignal, output: Output): Asking['ask'] {
  const computations = createComputations(start, (text) => output.log(text));
  return async <N extends ComputationName>(
    name: N,
    params: Params<EngineContract, N>,
    progress: (value: Progress<EngineContract, N>) => void = () => undefined,
  ) => {
    const answer = computations[name] as unknown as Handler<EngineContract, N>;
    return answer(params, { signal, progress });
  };
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
    return absent('It has not been computed yet: a report without --quick does.');
  }
}

export function there<T>(value: T): Part<T> {
  return { there: true, value };
}

export function absent(reason: string): { readonly there: false; readonly reason: string } {
  return { there: false, reason };
}
