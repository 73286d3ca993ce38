/** Asks for a checkpoint's predictions for all images of a set. */
import { countSame, type ClassIndices } from '../../src/common/classIndices';
import * as l10n from '@vscode/l10n';
import type { Progress, Result } from '../../src/protocol/contract';
import type { SetName, Waiting } from '../../src/protocol/engine';
import type { GalleryHostContract, ReadyGallery } from '../../src/protocol/gallery';
import { createRequest, type Request } from '../frame';
import type { GalleryPage } from './galleryPage';
import type { Predictions } from './galleryState';

export interface WantedPredictions {
  readonly run: string;
  readonly epoch: number;
  readonly set: SetName;
}

export interface Predicting {
  readonly request: Request<WantedPredictions>;
}

type Answer = Result<GalleryHostContract, 'predictions'>;

/** @param onAnswer called with undefined where those that were there are no longer wanted */
export function createPredictions(
  host: GalleryPage['host'],
  sets: ReadyGallery['dataset']['sets'],
  onAnswer: (predictions: Predictions | undefined) => void,
): Predicting {
  let answered: string | undefined;
  let counted = { done: 0, of: 0 };
  const request = createRequest<
    WantedPredictions,
    WantedPredictions,
    Exclude<Progress<GalleryHostContract, 'predictions'>, Waiting>,
    Answer
  >({
    async ask(params, options) {
      const answer = await host.request('predictions', params, options);
      if (areSame(answer.labels, sets[params.set].labels)) return answer;
      throw new Error(
        l10n.t(
          'This run was trained on other images than the study file names now, so its predictions are not of these. Choose another run, or train the study again.',
        ),
      );
    },
    missing: (wanted) => (answered === JSON.stringify(wanted) ? undefined : wanted),
    basis: (wanted) => JSON.stringify(wanted),
    forget() {
      answered = undefined;
      counted = { done: 0, of: 0 };
      onAnswer(undefined);
    },
    onProgress: ({ done, of }) => (counted = { done, of }),
    onResult(answer, params) {
      answered = JSON.stringify(params);
      onAnswer({ classes: answer.predictions, correct: answer.correct });
    },
    count: () => counted,
  });
  return { request };
}

function areSame(a: ClassIndices, b: ClassIndices): boolean {
  return a.length === b.length && countSame(a, b) === a.length;
}
