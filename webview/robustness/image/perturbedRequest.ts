/** Requests an image under perturbations. The grid fills as checkpoints arrive. */
import { createTimeLeft } from '../../../src/common/timeLeft';
import type { Params } from '../../../src/protocol/contract';
import type { ImageReference } from '../../../src/protocol/engine';
import { RequestError } from '../../../src/protocol/peer';
import type { PerturbedProgress, Waiting } from '../../../src/protocol/engine';
import type { RobustnessHostContract } from '../../../src/protocol/robustnessPanel';
import type { ComputationState } from '../../common/computationState';
import { keyOf } from '../../common/heat/results';
import type { PerturbedStore } from './perturbedStore';

export interface Wanted {
  /** What all answers are of: the run, the method, the layer, the list of perturbations. Of another one nothing known counts. */
  readonly basis: string;
  readonly method: string;
  readonly layer: string;
  readonly image: ImageReference;
  readonly epochs: readonly number[];
  /** One perturbation by its index; null is all. */
  readonly entry: number | null;
  /** At most this many rounds of each. */
  readonly rounds: number;
}

type PerturbedParams = Params<RobustnessHostContract, 'perturbed'>;

export interface PerturbedRequestOptions {
  readonly request: (
    params: PerturbedParams,
    options: { readonly signal: AbortSignal; readonly progress: (value: PerturbedProgress | Waiting) => void },
  ) => Promise<unknown>;
  readonly store: PerturbedStore;
  readonly onResults: () => void;
  readonly onState: (state: ComputationState) => void;
}

export interface PerturbedRequest {
  readonly state: ComputationState;
  /** Sets what is wanted; other requests are cancelled. */
  want(wanted: Wanted): void;
  cancel(): void;
  /** Continues after a failure or a cancellation. */
  resume(): void;
}

export function createPerturbedRequest({
  request,
  store,
  onResults,
  onState,
}: PerturbedRequestOptions): PerturbedRequest {
  let wanted: Wanted | undefined;
  let current: { readonly controller: AbortController; readonly key: string } | undefined;
  let state: ComputationState = { kind: 'idle' };
  /** Requests that were answered completely. */
  const answered = new Set<string>();

  function setState(next: ComputationState): void {
    state = next;
    onState(next);
  }

  function stop(): void {
    current?.controller.abort();
    current = undefined;
  }

  function start(afterDeath = false): void {
    if (wanted === undefined) return;
    const key = JSON.stringify(wanted);
    if (answered.has(key)) {
      setState({ kind: 'idle' });
      return;
    }
    const controller = new AbortController();
    current = { controller, key };
    setState({ kind: 'computing', done: 0, of: 0 });
    void run(wanted, key, controller, afterDeath);
  }

  async function run(asked: Wanted, key: string, controller: AbortController, afterDeath: boolean): Promise<void> {
    const { method, layer, image, epochs, entry, rounds } = asked;
    const timeLeft = createTimeLeft();
    // A cancelled request reports nothing.
    const isCurrent = (): boolean => current?.controller === controller;
    const progress = (value: PerturbedProgress | Waiting): void => {
      if (value.kind === 'waiting') return;
      if (!isCurrent()) return;
      store.take(value, keyOf(image));
      if (value.kind === 'perturbed') {
        const { done, of } = value;
        setState({ kind: 'computing', done, of, left: timeLeft(done, of) });
      }
      onResults();
    };
    const params = {
      method,
      layer,
      images: [image],
      epochs: [...epochs],
      rounds,
      ...(entry === null ? {} : { entries: [entry] }),
    };
    try {
      await request(params, { signal: controller.signal, progress });
      if (!isCurrent()) return;
      answered.add(key);
      current = undefined;
      setState({ kind: 'idle' });
    } catch (error) {
      if (!isCurrent()) return;
      current = undefined;
      const gone = error instanceof RequestError && error.failure.reason === 'gone';
      // The next request restarts a killed engine.
      if (gone && !afterDeath) start(true);
      else setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    get state() {
      return state;
    },
    want(next) {
      if (next.basis !== wanted?.basis) {
        stop();
        store.clear();
        answered.clear();
      }
      wanted = next;
      if (current?.key === JSON.stringify(next)) return;
      stop();
      start();
    },
    cancel() {
      const { done, of } = state.kind === 'computing' ? state : { done: 0, of: 0 };
      stop();
      setState({ kind: 'cancelled', done, of });
    },
    resume() {
      stop();
      start();
    },
  };
}
