/** The engine process's answers, over whatever channel. */
import { CancelledError, InputError, isReportedError } from '../common/errors';
import {
  engineClientContract,
  engineContract,
  type EngineClientContract,
  type EngineContract,
  type Waiting,
} from '../protocol/engine';
import type { Failure, Message } from '../protocol/messages';
import { createPeer, type Peer } from '../protocol/peer';
import { openComputations } from '../computations';
import type { RequestOptions } from '../computations/computation';
import { answerDataset, answerPixels, answerStudyImages } from './dataRequests';
import { createStarter, type ServiceChoice } from './starter';

export interface ServiceOptions {
  readonly choice: ServiceChoice;
  readonly send: (message: Message) => void;
  readonly onWarning: (text: string, error?: unknown) => void;
}

export function createService({ choice, send, onWarning }: ServiceOptions): Peer<EngineContract, EngineClientContract> {
  const start = createStarter(choice, (engine) => {
    peer.notify('started', engine);
  });
  const computations = openComputations({ start, onWarning });
  const peer = createPeer({
    mine: engineContract,
    theirs: engineClientContract,
    send,
    onWarning,
    failureOf,
    handlers: {
      engine: start,
      engines: async () => (await import('../engine/start')).listEngines(),
      dataset: answerDataset,
      pixels: answerPixels,
      studyImages: answerStudyImages,
      predictions: tellingWaits(computations.predictions),
      explain: tellingWaits(computations.explain),
      robustness: tellingWaits(computations.robustness),
      perturbed: tellingWaits(computations.perturbed),
      attention: tellingWaits(computations.attention),
      calibration: tellingWaits(computations.calibration),
      faithfulness: tellingWaits(computations.faithfulness),
      studyTests: tellingWaits(computations.studyTests),
      localisation: tellingWaits(computations.localisation),
      agreement: tellingWaits(computations.agreement),
      sanity: tellingWaits(computations.sanity),
      benchmark: tellingWaits(computations.benchmark),
      attack: tellingWaits(computations.attack),
    },
  });
  return peer;
}

/** A computation that says in its progress what it waits for. */
function tellingWaits<Params, Value, Result>(
  compute: (params: Params, asked: RequestOptions<Value>) => Promise<Result>,
) {
  return (
    params: Params,
    { signal, progress }: { readonly signal: AbortSignal; readonly progress: (value: Value | Waiting) => void },
  ): Promise<Result> =>
    compute(params, { signal, progress, onWaiting: (behind) => progress({ kind: 'waiting', behind }) });
}

/** The message of a reported error says what to do next; any other is a defect of ours. */
function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CancelledError) return { reason: 'cancelled', message };
  if (error instanceof InputError) return { reason: 'refused', message };
  if (isReportedError(error)) return { reason: 'failed', message };
  return { reason: 'failed', message: `a defect of EpochLens: ${message}. The log says where.` };
}
