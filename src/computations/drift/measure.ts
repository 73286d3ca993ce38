/** How heatmaps move over a run's checkpoints: of each image from epoch to epoch and from the last, and on average. */
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { AttentionImagePoint, AttentionNumbers, Moved } from '../../measures/drift/numbers';
import { maskShare } from '../../measures/drift/shape';
import { imageSettled, meanMovement, settlingOf, summarise } from '../../measures/drift/summary';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Work } from '../computation';
import type { HashedImage } from '../heatmaps/hashedImage';
import type { MapKeeper } from '../heatmaps/maps';
import type { MapsOf } from '../heatmaps/mapsOf';
import { takeComparedMaps } from './comparedMaps';
import { imageMapsOf, pointOf, type ImageMaps } from './imageMaps';

export interface AttentionPlan extends MapsOf {
  /** By epoch; at least one. */
  readonly checkpoints: readonly HashedCheckpoint[];
  readonly images: readonly HashedImage[];
  /** Whose map: the checkpoint's own prediction's or the label's; of an image without a label, the last prediction's. */
  readonly target: 'predicted' | 'label';
  /** The epoch of the untrained checkpoint among them: see `untrainedEpoch`. Null where there is none. */
  readonly untrained: number | null;
  /** Of heatmaps. */
  readonly keeper: MapKeeper;
}

/**
 * From kept maps and those that are computed now. In memory at a time: a map an image of the last checkpoint, the one
 * before, and the one looked at.
 * @throws CancelledError, WorkError
 */
export async function measureAttention(
  { checkpoints, images, target, untrained, ...plan }: AttentionPlan,
  work: Work<{ done: number; of: number }>,
): Promise<AttentionNumbers> {
  let done = 0;
  const mapsAt = async (
    checkpoint: HashedCheckpoint,
    next?: HashedCheckpoint,
    last?: readonly ImageMaps[],
  ): Promise<ImageMaps[]> => {
    const mapsOfImages = new Array<ImageMaps>(images.length);
    const options = { ...plan, checkpoint, next, target, lastPredictions: last?.map(predictionOf) };
    await takeComparedMaps(options, images, work, ({ image }, place, heatmaps) => {
      mapsOfImages[place] = imageMapsOf(heatmaps, image, target, last?.[place]);
      work.progress({ done: ++done, of: images.length * checkpoints.length });
    });
    return mapsOfImages;
  };
  const final = checkpoints.at(-1) as HashedCheckpoint;
  const last = await mapsAt(final, checkpoints.length > 1 ? checkpoints[0] : undefined);
  const tracks = images.map((): AttentionImagePoint[] => []);
  const epochs: AttentionNumbers['epochs'] = [];
  let randomisation: AttentionNumbers['randomisation'] = null;
  let previous: ImageMaps[] | undefined;
  for (const [at, checkpoint] of checkpoints.entries()) {
    const { epoch } = checkpoint;
    // The last one was looked at first.
    const next = at + 1 < checkpoints.length - 1 ? checkpoints[at + 1] : undefined;
    const mapsOfImages = checkpoint === final ? last : await mapsAt(checkpoint, next, last);
    const points = mapsOfImages.map((imageMaps, place) => {
      const { image } = images[place] as HashedImage;
      return pointOf(epoch, image, imageMaps, { previous: previous?.[place], last: last[place] as ImageMaps });
    });
    tracks.forEach((track, place) => track.push(points[place] as AttentionImagePoint));
    epochs.push(
      summarise(points, epoch, { target, previous: previous?.map(predictionOf), last: last.map(predictionOf) }),
    );
    if (epoch === untrained && checkpoint !== final)
      randomisation = meanMovement(points.map(({ fixed }) => ofLastClass(fixed, target).fromLast));
    previous = mapsOfImages;
    if (work.signal.aborted) throw new CancelledError();
    await yieldToEvents();
  }
  return {
    epochs,
    images: tracks.map((points) => ({ points, ...imageSettled(points) })),
    settling: settlingOf(epochs),
    maskArea: meanMaskArea(images),
    randomisation,
  };
}

function predictionOf({ predicted }: ImageMaps): number {
  return predicted;
}

/** Of the class that the last checkpoint's heatmap is of. */
function ofLastClass({ label, lastPrediction }: AttentionImagePoint['fixed'], target: AttentionPlan['target']): Moved {
  return target === 'label' ? (label ?? lastPrediction) : lastPrediction;
}

function meanMaskArea(images: readonly HashedImage[]): number | null {
  const shares = images.flatMap(({ image: { height, width, mask } }) =>
    mask === undefined ? [] : [maskShare({ height, width, values: mask })],
  );
  return shares.length === 0 ? null : shares.reduce((a, b) => a + b, 0) / shares.length;
}
