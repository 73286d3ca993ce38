/** What each checkpoint predicts for the test images: the chosen one is asked first, then the others in turn. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Params, Result } from '../../src/protocol/contract';
import type { EngineContract } from '../../src/protocol/engine';
import { createRequest, type Count, type Request, type RequestOptions } from '../frame/request';
import type { Known } from './misclassifiedState';

type Answer = Result<EngineContract, 'predictions'>;
type PredictionParams = Params<EngineContract, 'predictions'>;

export interface WantedPredictions {
  readonly run: string;
  readonly epochs: readonly number[];
  /** The checkpoint that the person looks at. */
  readonly first: number;
}

export interface Predictions {
  readonly request: Request<WantedPredictions>;
  /** Undefined before the first answer. */
  readonly known: ReadonlySignal<Known | undefined>;
}

export type AskPredictions = RequestOptions<WantedPredictions, PredictionParams, Count, Answer>['ask'];

export function createPredictions(ask: AskPredictions): Predictions {
  const answers = new Map<number, Answer>();
  const known = signal<Known | undefined>(undefined);
  /** Of the checkpoint that is asked. */
  let part: Count = { done: 0, of: 0 };

  const request = createRequest<WantedPredictions, PredictionParams, Count, Answer>({
    ask,
    missing({ run, epochs, first }, { stopped, failed }) {
      const isOpen = (epoch: number) => !answers.has(epoch) && failed.every((each) => each.epoch !== epoch);
      const epoch = (stopped ? [first] : [first, ...epochs]).find(isOpen);
      return epoch === undefined ? undefined : { run, epoch, set: 'test' };
    },
    onProgress: (count) => (part = count),
    onResult(answer, { epoch }) {
      part = { done: 0, of: part.of };
      answers.set(epoch, answer);
      known.value = knownFrom(answers);
    },
    // Before the set's size is known there is no progress to show.
    count({ epochs }) {
      const each = known.peek()?.labels.length ?? part.of;
      return { done: answers.size * each + part.done, of: epochs.length * each };
    },
    // The checkpoint that is looked at comes first.
    covers: (open, { first }) => answers.has(first) || open.epoch === first,
    basis: ({ run }) => run,
    forget() {
      answers.clear();
      known.value = undefined;
      part = { done: 0, of: 0 };
    },
    goesOn: true,
  });
  return { request, known };
}

function knownFrom(answers: ReadonlyMap<number, Answer>): Known | undefined {
  const epochs = [...answers].map(([epoch, { predictions }]) => ({ epoch, predictions }));
  const [first] = answers.values();
  return first && { labels: first.labels, epochs: epochs.sort((a, b) => a.epoch - b.epoch) };
}
