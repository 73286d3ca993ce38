/** How heatmaps move over a run's checkpoints: of each image from epoch to epoch and from the last, and on average. */
import type { TargetLayer } from '../../architectures';
import { CancelledError } from '../../common/errors';
import type { AttentionImagePoint, AttentionNumbers, Moved } from '../../measures/drift/numbers';
import type { VouchedCheckpoint } from '../../runs';
import type { InputSettings } from '../../models/input';
import type { ClassHeatmaps, ImageToExplain } from '../heatmaps/explain';
import { explanationStore, imageHash, type ExplanationStore } from '../heatmaps/store';
import { takeMaps, type ComputeMaps, type HashedImage } from '../heatmaps/keptMaps';
import type { Model } from '../../models/model';
import { yieldToEvents } from '../../common/yieldToEvents';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { attentionStore } from './store';
import { imageMapsOf, pointOf, type ImageMaps } from './imageMaps';
import { maskShare } from '../../measures/drift/shape';
import { imageSettled, meanMovement, settlingOf, summarise } from '../../measures/drift/summary';

export interface AttentionPlan {
  /** The run's, in which maps and numbers are kept. */
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  readonly targetLayer: TargetLayer;
  /** At least one, in any order. */
  readonly checkpoints: readonly VouchedCheckpoint[];
  readonly images: readonly ImageToExplain[];
  /** Whose map: the checkpoint's own prediction's or the label's; of an image without a label, the last prediction's. */
  readonly target: 'predicted' | 'label';
  /** The epoch of the untrained checkpoint among them: see `untrainedEpoch`. Null where there is none. */
  readonly untrained: number | null;
}

export interface AttentionWatcher {
  readonly signal?: AbortSignal | undefined;
  /** Heatmaps, images × checkpoints. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  readonly compute: ComputeMaps;
  readonly onWarning: (text: string, error: unknown) => void;
}

/** Kept numbers at once; else from kept maps and those that are computed now. @throws CancelledError */
export async function measureAttention(plan: AttentionPlan, watcher: AttentionWatcher): Promise<AttentionNumbers> {
  const found = [...plan.checkpoints].sort((a, b) => a.epoch - b.epoch);
  const checkpoints = await hashCheckpoints(found);
  const images = plan.images.map((image) => ({ image, hash: imageHash(image) }));
  const store = attentionStore(plan, checkpoints, images);
  const kept = await store.load();
  if (kept !== undefined) return kept;
  const maps = explanationStore(plan.folder, plan);
  const numbers = await computeAttention(plan, maps, checkpoints, images, watcher);
  await store.store(numbers).catch((error: unknown) => {
    watcher.onWarning('the attention over epochs could not be kept', error);
  });
  return numbers;
}

/**
 * In memory at a time: a map an image of the last checkpoint, the one before, and the one looked at.
 * @param store of heatmaps @param checkpoints by epoch @throws CancelledError
 */
export async function computeAttention(
  { target, untrained }: Pick<AttentionPlan, 'target' | 'untrained'>,
  store: ExplanationStore,
  checkpoints: readonly HashedCheckpoint[],
  images: readonly HashedImage[],
  { signal, progress, compute, onWarning }: AttentionWatcher,
): Promise<AttentionNumbers> {
  const source = { store, compute, signal, onWarning };
  let done = 0;
  const mapsAt = async (
    checkpoint: HashedCheckpoint,
    next?: HashedCheckpoint,
    last?: readonly ImageMaps[],
  ): Promise<ImageMaps[]> => {
    const mapsOfImages = new Array<ImageMaps>(images.length);
    const look = (place: number, maps: ClassHeatmaps): void => {
      mapsOfImages[place] = imageMapsOf(maps, (images[place] as HashedImage).image, target, last?.[place]);
      progress?.(++done, images.length * checkpoints.length);
    };
    await takeMaps(source, checkpoint, images, look, next);
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
    if (signal?.aborted === true) throw new CancelledError();
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
