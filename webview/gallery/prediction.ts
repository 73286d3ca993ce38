/** Requests a checkpoint's predictions; a newer request replaces an older one. */
import { RequestError, type Peer } from '../../src/protocol/peer';
import type { GalleryHostContract, GalleryPageContract } from '../../src/protocol/gallery';
import { setInfo, type GalleryState, type Predictions } from './galleryState';

export interface Prediction {
  /** Requests the predictions of the chosen checkpoint and set, if there is one. */
  ask(model: GalleryState): void;
  cancel(): void;
}

type Channel = Pick<Peer<GalleryPageContract, GalleryHostContract>, 'request'>;

export function createPrediction(peer: Channel, onChange: (predictions: Predictions) => void): Prediction {
  let controller: AbortController | undefined;

  function cancel(): void {
    controller?.abort();
    controller = undefined;
  }

  async function run(model: GalleryState, { signal }: AbortController): Promise<void> {
    const { checkpoint, filter } = model;
    if (checkpoint === null) return;
    const tell = (predictions: Predictions): void => {
      if (!signal.aborted) onChange(predictions);
    };
    const { labels } = setInfo(model);
    try {
      const answer = await peer.request(
        'predictions',
        { ...checkpoint, set: filter.set },
        {
          signal,
          progress: (value) => 'done' in value && tell({ kind: 'computing', ...value }),
        },
      );
      if (sameBytes(answer.labels, labels))
        tell({ kind: 'ready', classes: answer.predictions, correct: answer.correct });
      else tell({ kind: 'failed', message: OTHER_DATA });
    } catch (error) {
      tell({ kind: 'failed', message: error instanceof RequestError ? error.message : String(error) });
    }
  }

  return {
    cancel,
    ask(model) {
      cancel();
      if (model.checkpoint === null) {
        onChange({ kind: 'none' });
        return;
      }
      controller = new AbortController();
      onChange({ kind: 'computing', done: 0, of: 0 });
      void run(model, controller);
    },
  };
}

const OTHER_DATA =
  'This run was trained on other images than the study file names now, so its predictions are not of these. Choose another run, or train the study again.';

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, position) => value === b[position]);
}
