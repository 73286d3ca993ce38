/** Requests the wanted measurement. The last answer stays until there is a newer one. */
import type { Attention } from '../../src/protocol/engine';
import type { Params, Progress } from '../../src/protocol/contract';
import type { EngineContract } from '../../src/protocol/engine';
import { RequestError } from '../../src/protocol/peer';
import type { ComputationState } from '../common/computationState';

type Counted = Progress<EngineContract, 'attention'>;
export type DriftParams = Params<EngineContract, 'attention'>;

export interface DriftRequestOptions {
  readonly request: (
    params: DriftParams,
    options: { readonly signal: AbortSignal; readonly progress: (value: Counted) => void },
  ) => Promise<Attention>;
  readonly onState: (state: ComputationState) => void;
  readonly onAnswer: (attention: Attention, params: DriftParams) => void;
}

export interface DriftRequest {
  want(params: DriftParams): void;
  cancel(): void;
  resume(): void;
}

/** The delay before a killed engine's successor is asked. */
const RESTART_MILLISECONDS = 300;

export function createDriftRequest({ request, onState, onAnswer }: DriftRequestOptions): DriftRequest {
  let wanted: DriftParams | undefined;
  let controller: AbortController | undefined;
  let counted = { done: 0, of: 0 };

  async function run(params: DriftParams, { signal }: AbortController, afterDeath: boolean): Promise<void> {
    try {
      const progress = (value: Counted): void => {
        if ('kind' in value) return;
        if (signal.aborted) return;
        counted = value;
        onState({ kind: 'computing', ...counted });
      };
      const attention = await request(params, { signal, progress });
      if (signal.aborted) return;
      onState({ kind: 'idle' });
      onAnswer(attention, params);
    } catch (error) {
      if (signal.aborted) return;
      const gone = error instanceof RequestError && error.failure.reason === 'gone';
      if (gone && !afterDeath) setTimeout(() => !signal.aborted && start(true), RESTART_MILLISECONDS);
      else onState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  function start(afterDeath = false): void {
    controller?.abort();
    if (wanted === undefined) return;
    controller = new AbortController();
    counted = { done: 0, of: wanted.epochs.length * wanted.images.length };
    onState({ kind: 'computing', ...counted });
    void run(wanted, controller, afterDeath);
  }

  return {
    want(params) {
      if (JSON.stringify(params) === JSON.stringify(wanted)) return;
      wanted = params;
      start();
    },
    cancel() {
      controller?.abort();
      onState({ kind: 'cancelled', ...counted });
    },
    resume: () => start(),
  };
}
