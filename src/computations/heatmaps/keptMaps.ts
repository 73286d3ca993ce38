/** Heatmaps of many images at a checkpoint: those that are kept from the run folder, the rest computed and kept. */
import { CancelledError } from '../../common/errors';
import { inParallel } from '../../common/inParallel';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { ClassHeatmaps, ImageToExplain } from './explain';
import type { ExplanationStore } from './store';

/** An image, and what it is known by. */
export interface HashedImage {
  readonly image: ImageToExplain;
  /** See `imageHash`. */
  readonly hash: string;
}

/** Computes maps of images, and tells of them batch by batch, in their order. */
export type ComputeMaps = (
  checkpoint: HashedCheckpoint,
  images: readonly ImageToExplain[],
  computed: (first: number, results: readonly ClassHeatmaps[]) => Promise<void>,
  /** The checkpoint that will probably be asked for next. */
  next?: HashedCheckpoint,
) => Promise<void>;

export interface MapSource {
  readonly store: ExplanationStore;
  /** Called where something is missing, and not else. */
  readonly compute: ComputeMaps;
  readonly signal?: AbortSignal | undefined;
  /** Told where maps could not be kept: they are there all the same. */
  readonly onWarning: (text: string, error: unknown) => void;
}

/** How many kept maps are in memory at a time. */
const BLOCK = 256;

/**
 * Hands over every image's maps once, with its place in `images`. Whoever takes them must copy what is to last: they
 * are of all classes. @throws CancelledError
 */
export async function takeMaps(
  { store, compute, signal, onWarning }: MapSource,
  checkpoint: HashedCheckpoint,
  images: readonly HashedImage[],
  take: (place: number, maps: ClassHeatmaps) => void,
  next?: HashedCheckpoint,
): Promise<void> {
  const missing: number[] = [];
  for (let first = 0; first < images.length; first += BLOCK) {
    if (signal?.aborted === true) throw new CancelledError();
    const block = images.slice(first, first + BLOCK);
    const kept = await inParallel(block, ({ hash }) => store.load(checkpoint.hash, hash));
    kept.forEach((maps, i) => {
      if (maps === undefined) missing.push(first + i);
      else take(first + i, maps);
    });
  }
  if (missing.length === 0) return;
  const placed = missing.map((place) => images[place] as HashedImage);
  await compute(
    checkpoint,
    placed.map(({ image }) => image),
    async (first, results) => {
      results.forEach((maps, i) => {
        take(missing[first + i] as number, maps);
      });
      await inParallel([...results.entries()], ([i, maps]) =>
        store.store(checkpoint.hash, (placed[first + i] as HashedImage).hash, maps),
      ).catch((error: unknown) => {
        onWarning('heatmaps could not be kept', error);
      });
    },
    next,
  );
}
