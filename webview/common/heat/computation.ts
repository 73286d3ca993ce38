/** Requests the wanted heatmaps that are missing. Cells fill as checkpoints arrive. */
import type { Params } from '../../../src/protocol/contract';
import type { EngineContract, ExplainProgress, ImageReference, Waiting } from '../../../src/protocol/engine';
import { RequestError } from '../../../src/protocol/peer';
import type { ComputationState } from '../computationState';
import { keyOf, type Results } from './results';

export interface Wanted {
  readonly run: string;
  readonly method: string;
  readonly layer: string;
  readonly epochs: readonly number[];
  readonly images: readonly ImageReference[];
}

type ExplainParams = Params<EngineContract, 'explain'>;

export interface ComputationOptions {
  readonly ask: (
    params: ExplainParams,
    options: { readonly signal: AbortSignal; readonly progress: (value: ExplainProgress | Waiting) => void },
  ) => Promise<unknown>;
  readonly results: Results;
  /** Called with the images that have new results. */
  readonly onResults: (keys: readonly string[]) => void;
  readonly onState: (state: ComputationState) => void;
}

export interface Computation {
  readonly state: ComputationState;
  /** Sets what is wanted. Existing results stay; requests for anything else are cancelled. */
  want(wanted: Wanted): void;
  cancel(): void;
  /** Requests what is missing, after a failure or a cancellation. */
  resume(): void;
  /** Forgets everything and requests it again. */
  refresh(): void;
}

/** The delay before a killed engine's successor is asked. */
const RESTART_MILLISECONDS = 300;

export function createComputation({ ask, results, onResults, onState }: ComputationOptions): Computation {
  let wanted: Wanted | undefined;
  let current: { readonly controller: AbortController; readonly wanted: Wanted } | undefined;
  let state: ComputationState = { kind: 'idle' };
  /** Results of another run, method or layer, or of files that were resized in another way, say nothing about these. */
  let basis = '';

  function setState(next: ComputationState): void {
    state = next;
    onState(next);
  }

  function count(): { done: number; of: number } {
    const { images, epochs } = wanted as Wanted;
    let done = 0;
    for (const key of images.map(keyOf)) {
      for (const epoch of epochs) if (isThere(results, key, epoch)) done++;
    }
    return { done, of: images.length * epochs.length };
  }

  function start(afterDeath = false): void {
    if (wanted === undefined) return;
    const missing = missingOf(wanted, results);
    if (missing === undefined) {
      setState({ kind: 'idle' });
      return;
    }
    const controller = new AbortController();
    current = { controller, wanted };
    setState({ kind: 'computing', ...count() });
    void run(missing, controller, afterDeath);
  }

  async function run(params: ExplainParams, controller: AbortController, afterDeath: boolean): Promise<void> {
    const keys = params.images.map(keyOf);
    // A cancelled request reports nothing.
    const isCurrent = (): boolean => current?.controller === controller;
    const got = { maps: false };
    const progress = (value: ExplainProgress | Waiting): void => {
      if (!isCurrent() || value.kind === 'waiting') return;
      if (value.kind === 'start') results.takeStart(value, keys);
      got.maps ||= value.kind === 'maps';
      onResults(value.kind === 'start' ? keys : results.takeMaps(value, keys));
      setState({ kind: 'computing', ...count() });
    };
    try {
      await ask(params, { signal: controller.signal, progress });
      if (!isCurrent()) return;
      current = undefined;
      // More may be wanted meanwhile, but what this answer left out would be left out again.
      const again = missingOf(wanted as Wanted, results);
      if (again !== undefined && JSON.stringify(again) !== JSON.stringify(params)) start();
      else setState({ kind: 'idle' });
    } catch (error) {
      if (!isCurrent()) return;
      current = undefined;
      const gone = error instanceof RequestError && error.failure.reason === 'gone';
      // The next request restarts a killed engine. This happens once, unless there was progress in between.
      if (gone && (!afterDeath || got.maps))
        setTimeout(() => current === undefined && start(true), RESTART_MILLISECONDS);
      else setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  function stop(): void {
    current?.controller.abort();
    current = undefined;
  }

  return {
    get state() {
      return state;
    },
    want(next) {
      const nextBasis = JSON.stringify([next.run, next.method, next.layer, resizeOf(next.images)]);
      if (nextBasis !== basis) {
        stop();
        results.clear();
        basis = nextBasis;
      }
      wanted = next;
      if (current !== undefined && isWithin(current.wanted, next)) {
        setState({ kind: 'computing', ...count() });
        return;
      }
      stop();
      start();
    },
    cancel() {
      stop();
      setState({ kind: 'cancelled', ...count() });
    },
    resume() {
      stop();
      start();
    },
    refresh() {
      stop();
      results.clear();
      start();
    },
  };
}

/** Of the files, which are all resized in one way. */
function resizeOf(images: readonly ImageReference[]): unknown {
  const file = images.find((image) => image.kind === 'file');
  return file?.resize ?? null;
}

/** The answer for an unreadable image is final. */
function isThere(results: Results, key: string, epoch: number): boolean {
  return results.image(key)?.usable === false || results.cell(key, epoch) !== undefined;
}

/** The smallest request that covers what is missing. */
function missingOf({ run, method, layer, epochs, images }: Wanted, results: Results): ExplainParams | undefined {
  const lacks = (reference: ImageReference, epoch: number): boolean => !isThere(results, keyOf(reference), epoch);
  const missingEpochs = epochs.filter((epoch) => images.some((image) => lacks(image, epoch)));
  const missingImages = images.filter((image) => epochs.some((epoch) => lacks(image, epoch)));
  if (missingEpochs.length === 0 || missingImages.length === 0) return undefined;
  return { run, method, layer, epochs: missingEpochs, images: missingImages };
}

/** Whether everything in the open request is still wanted. */
function isWithin(inner: Wanted, outer: Wanted): boolean {
  const epochs = new Set(outer.epochs);
  const images = new Set(outer.images.map(keyOf));
  return inner.epochs.every((epoch) => epochs.has(epoch)) && inner.images.every((image) => images.has(keyOf(image)));
}
