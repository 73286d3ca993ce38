/** The study's images at each checkpoint, and when each one's focus settles. */
import type { AttentionTrack } from '../../measures/drift/numbers';
import type { ImageReference } from '../../protocol/engine';
import type { AttentionContent, HeatmapsContent, ImageSettled, Part } from '../content';
import { attentionImages } from '../driftImages';
import { absent, NotComputedError, there, type CollectOptions } from './request';
import { collectMaps, viewOf } from './heatmapCells';

/** Enough for an interval that says something: the first test images, at most. */
const ATTENTION_IMAGES = 200;

/** More would make a page of tens of megabytes. */
export const SHOWN_IMAGES = 40;

/** @param allEpochs those that focus is followed over */
export async function collectHeatmaps(
  asking: CollectOptions,
  images: readonly ImageReference[],
  allEpochs: readonly number[],
): Promise<Part<HeatmapsContent>> {
  if (images.length === 0) return absent('The study names no images.');
  const looks = await collectMaps(asking, images.slice(0, SHOWN_IMAGES), asking.epochs, 'heatmaps');
  const tracks =
    allEpochs.length < 2
      ? undefined
      : await attention(asking, images.slice(0, SHOWN_IMAGES), allEpochs).catch(whereNotComputed);
  return there({
    layer: looks.layer,
    images: images.length,
    rows: looks.images.map((image, place) => ({
      image,
      views: asking.epochs.map((epoch) => viewOf(looks.at(place, epoch))),
      ...settledOf(tracks?.images[place]),
    })),
    followed: tracks?.epochs.map(({ epoch }) => epoch) ?? [],
  });
}

/** When focus settles needs all checkpoints: the maps of some can be shown without. */
function whereNotComputed(error: unknown): undefined {
  if (!(error instanceof NotComputedError)) throw error;
}

function settledOf(track: AttentionTrack | undefined): { readonly settled?: ImageSettled } {
  if (track === undefined) return {};
  const { points, settled, settledFixed } = track;
  // The map of the last checkpoint beside itself.
  if (points.at(-1)?.fromLast.spearman === null) return { settled: 'flat' };
  return { settled: { predicted: settled, lastPrediction: settledFixed.lastPrediction } };
}

export async function collectDrift(
  asking: CollectOptions,
  testCount: number,
  allEpochs: readonly number[],
): Promise<Part<AttentionContent>> {
  if (allEpochs.length < 2) return absent('There is one checkpoint only: nothing has moved yet.');
  const count = Math.min(ATTENTION_IMAGES, testCount);
  const images = Array.from({ length: count }, (_, index) => ({ kind: 'set', set: 'test', index }) as const);
  const {
    layer,
    epochs,
    settling,
    maskArea,
    randomisation,
    images: tracks,
  } = await attention(asking, images, allEpochs);
  const numbers = { epochs, settling, maskArea, randomisation };
  return there({ layer: layer.name, images: count, numbers, perImage: attentionImages(tracks) });
}

function attention(
  { request, run, study, progress }: CollectOptions,
  images: readonly ImageReference[],
  epochs: readonly number[],
) {
  const count = progress.count('heatmaps over epochs');
  return request(
    'attention',
    {
      run: run.folder,
      epochs: [...epochs],
      images: [...images],
      method: study.explain.method,
      layer: study.explain.layer,
      target: 'predicted',
    },
    ({ done, of }) => count(done, of),
  );
}
