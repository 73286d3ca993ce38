/** Requests an image under perturbations. The grid fills as checkpoints arrive. */
import type { Params } from '../../../src/protocol/contract';
import type { ImageReference, PerturbedProgress } from '../../../src/protocol/engine';
import type { RobustnessHostContract } from '../../../src/protocol/robustnessPanel';
import type { Explanation } from '../../common/explanation';
import { keyOf } from '../../common/heat/results';
import { createRequest, type Request, type RequestOptions, type RequestState } from '../../frame/request';
import type { PerturbedStore, Round } from './perturbedStore';

export interface Wanted {
  /** What all answers are of: the run, the method, the layer, the list of perturbations. Where it changes, they are forgotten. */
  readonly basis: string;
  readonly explanation: Explanation;
  readonly image: ImageReference;
  readonly epochs: readonly number[];
  /** Perturbations of the study by their indices; null is the published ones. */
  readonly entries: readonly number[] | null;
  /** At most this many rounds of each. */
  readonly rounds: number;
}

type PerturbedParams = Params<RobustnessHostContract, 'perturbed'>;

export interface PerturbedRequestOptions {
  readonly ask: RequestOptions<Wanted, PerturbedParams, PerturbedProgress, unknown>['ask'];
  readonly store: PerturbedStore;
  readonly onResults: () => void;
}

export type PerturbedRequest = Request<Wanted>;

export function createPerturbedRequest({ ask, store, onResults }: PerturbedRequestOptions): PerturbedRequest {
  /** The wanted rounds; undefined where the engine has not yet said which there are. */
  function roundsOf({ entries, rounds }: Wanted): Round[] | undefined {
    const known = store.entries.filter(({ entry }) => entries === null || entries.includes(entry));
    if (known.length < Math.max(entries?.length ?? 0, 1)) return undefined;
    return known.flatMap(({ entry, rounds: all }) =>
      Array.from({ length: Math.min(all, rounds) }, (_, round) => ({ entry, round })),
    );
  }

  function isComplete(wanted: Wanted, epoch: number): boolean {
    const key = keyOf(wanted.image);
    if (store.image(key)?.usable === false) return true;
    const rounds = roundsOf(wanted);
    if (rounds === undefined || store.clean(key, epoch) === undefined) return false;
    return rounds.every((round) => store.perturbed(key, round, epoch) !== undefined);
  }

  return createRequest<Wanted, PerturbedParams, PerturbedProgress, unknown>({
    ask,
    missing(wanted, { stopped }) {
      const epochs = stopped ? [] : wanted.epochs.filter((epoch) => !isComplete(wanted, epoch));
      if (epochs.length === 0) return undefined;
      const { explanation, image, rounds, entries } = wanted;
      const { method, parameters, layer } = explanation;
      return {
        method,
        parameters: { ...parameters },
        layer,
        images: [image],
        epochs,
        rounds,
        ...(entries === null ? {} : { entries: [...entries] }),
      };
    },
    onProgress(value, { images: [image] }) {
      if (image !== undefined) store.take(value, keyOf(image));
      onResults();
    },
    count(wanted) {
      const rounds = roundsOf(wanted) ?? [];
      const cells = wanted.epochs.flatMap((epoch) => rounds.map((round) => ({ round, epoch })));
      const done = cells.filter(({ round, epoch }) => store.perturbed(keyOf(wanted.image), round, epoch) !== undefined);
      return { done: done.length, of: cells.length };
    },
    basis: ({ basis }) => basis,
    forget() {
      store.clear();
      onResults();
    },
  });
}

/** Whether cells that are empty will be filled. */
export function isRunning({ kind }: RequestState): boolean {
  return kind === 'computing' || kind === 'waiting';
}
