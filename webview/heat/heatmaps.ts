/** The request of the heatmaps that a page shows. Cells fill as checkpoints arrive. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Params } from '../../src/protocol/contract';
import type { EngineContract, ExplainProgress, ImageReference } from '../../src/protocol/engine';
import { createResults, keyOf, type Results } from '../common/heat/results';
import { createRequest, type Request, type RequestOptions } from '../frame';

export interface Wanted {
  readonly run: string;
  readonly method: string;
  readonly layer: string;
  readonly epochs: readonly number[];
  readonly images: readonly ImageReference[];
}

type ExplainParams = Params<EngineContract, 'explain'>;
export type AskHeatmaps = RequestOptions<Wanted, ExplainParams, ExplainProgress, unknown>['ask'];

export interface Heatmaps {
  readonly request: Request<Wanted>;
  readonly results: Results;
  /** Counts changes of the results, at most once a frame: what reads it is rendered anew with them. */
  readonly version: ReadonlySignal<number>;
}

export function createHeatmaps(ask: AskHeatmaps): Heatmaps {
  const results = createResults();
  const version = signal(0);
  let frame = 0;

  function changed(): void {
    if (frame === 0)
      frame = requestAnimationFrame(() => {
        frame = 0;
        version.value++;
      });
  }

  const request = createRequest<Wanted, ExplainParams, ExplainProgress, unknown>({
    ask,
    missing: (wanted, { stopped }) => (stopped ? undefined : missingOf(wanted, results)),
    onProgress(progress, { images }) {
      const keys = images.map(keyOf);
      switch (progress.kind) {
        case 'start':
          results.takeStart(progress, keys);
          break;
        case 'maps':
          results.takeMaps(progress, keys);
      }
      changed();
    },
    count: ({ images, epochs }) => {
      const keys = images.map(keyOf);
      const done = epochs.map((epoch) => keys.filter((key) => isThere(results, key, epoch)).length);
      return { done: done.reduce((sum, each) => sum + each, 0), of: images.length * epochs.length };
    },
    covers: isWithin,
    // Results of another run, method or layer, or of files that were resized in another way, say nothing about these.
    basis: ({ run, method, layer, images }) => JSON.stringify([run, method, layer, resizeOf(images)]),
    forget() {
      results.clear();
      changed();
    },
  });
  return { request, results, version };
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
function isWithin(open: ExplainParams, wanted: Wanted): boolean {
  const epochs = new Set(wanted.epochs);
  const images = new Set(wanted.images.map(keyOf));
  return open.epochs.every((epoch) => epochs.has(epoch)) && open.images.every((image) => images.has(keyOf(image)));
}
