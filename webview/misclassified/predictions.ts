/** Requests each checkpoint's predictions for the test images: the chosen one first, then the others in turn. */
import type { EpochPredictions } from '../../src/measures/misclassified';
import type { Params, Progress, Result } from '../../src/protocol/contract';
import type { EngineContract } from '../../src/protocol/engine';
import { RequestError } from '../../src/protocol/peer';
import type { ComputationState } from '../common/computationState';
import type { Known } from './misclassifiedState';

type Answer = Result<EngineContract, 'predictions'>;

export interface PredictionsOptions {
  readonly ask: (
    params: Params<EngineContract, 'predictions'>,
    options: {
      readonly signal: AbortSignal;
      readonly progress: (value: Progress<EngineContract, 'predictions'>) => void;
    },
  ) => Promise<Answer>;
  readonly onState: (state: ComputationState) => void;
  readonly onKnown: (known: Known | undefined) => void;
}

export interface Predictions {
  readonly known: Known | undefined;
  /** Sets what is wanted. Another run's predictions are dropped. */
  want(run: string, epochs: readonly number[], first: number): void;
  cancel(): void;
  /** Continues after a failure or a cancellation. */
  resume(): void;
}

/** The delay before a killed engine's successor is asked. */
const RESTART_MILLISECONDS = 300;

export function createPredictions({ ask, onState, onKnown }: PredictionsOptions): Predictions {
  const answers = new Map<number, Answer>();
  /** Errors of checkpoints that could not be asked; the others still are. */
  const failures = new Map<number, string>();
  let wanted: { readonly run: string; readonly epochs: readonly number[]; readonly first: number } | undefined;
  let current: { readonly epoch: number; readonly controller: AbortController } | undefined;
  let known: Known | undefined;
  let stopped = false;

  /** The next epoch to ask; after a cancellation only the visible one. */
  function next(): number | undefined {
    if (wanted === undefined) return undefined;
    const epochs = stopped ? [wanted.first] : [wanted.first, ...wanted.epochs];
    return epochs.find((epoch) => !answers.has(epoch) && !failures.has(epoch));
  }

  /** Called when there is nothing more to ask. */
  function tellEnd(): void {
    current = undefined;
    const [failure] = failures.values();
    if (failure !== undefined) onState({ kind: 'failed', message: failure });
    else if (stopped && wanted !== undefined && answers.size < wanted.epochs.length) tell('cancelled');
    else onState({ kind: 'idle' });
  }

  function tell(kind: 'computing' | 'cancelled', partial = { done: 0, of: 0 }): void {
    const of = wanted?.epochs.length ?? 0;
    const [first] = answers.values();
    // Before the set's size is known there is no progress to show.
    const each = first?.labels.length ?? partial.of;
    onState({ kind, done: answers.size * each + partial.done, of: of * each });
  }

  async function goOn(afterDeath = false): Promise<void> {
    const epoch = next();
    if (wanted === undefined || epoch === undefined) {
      tellEnd();
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    current = { epoch, controller };
    tell('computing');
    try {
      const progress = (value: Progress<EngineContract, 'predictions'>): void => {
        if ('kind' in value) return;
        if (!signal.aborted) tell('computing', value);
      };
      const answer = await ask({ run: wanted.run, epoch, set: 'test' }, { signal, progress });
      if (signal.aborted) return;
      take(epoch, answer);
      await goOn();
    } catch (error) {
      if (signal.aborted) return;
      current = undefined;
      const gone = error instanceof RequestError && error.failure.reason === 'gone';
      if (gone && !afterDeath) {
        setTimeout(() => current === undefined && !stopped && void goOn(true), RESTART_MILLISECONDS);
        return;
      }
      failures.set(epoch, error instanceof Error ? error.message : String(error));
      await goOn();
    }
  }

  function take(epoch: number, answer: Answer): void {
    answers.set(epoch, answer);
    const epochs: EpochPredictions[] = [...answers]
      .map(([each, { predictions }]) => ({ epoch: each, predictions }))
      .sort((a, b) => a.epoch - b.epoch);
    known = { labels: answer.labels, epochs };
    onKnown(known);
  }

  function stop(): void {
    current?.controller.abort();
    current = undefined;
  }

  return {
    get known() {
      return known;
    },
    want(run, epochs, first) {
      if (wanted !== undefined && wanted.run !== run) {
        stop();
        stopped = false;
        answers.clear();
        failures.clear();
        known = undefined;
        onKnown(known);
      }
      const isChosen = wanted?.first !== first;
      wanted = { run, epochs, first };
      // The visible checkpoint comes first. One that the person chooses is asked even after a cancellation.
      const missing = !answers.has(first);
      if (current !== undefined && (!missing || current.epoch === first)) return;
      if (stopped && !(missing && isChosen)) return;
      stop();
      void goOn();
    },
    cancel() {
      stopped = true;
      stop();
      tell('cancelled');
    },
    resume() {
      stopped = false;
      failures.clear();
      stop();
      void goOn();
    },
  };
}
