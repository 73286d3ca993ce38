/** How far methods agree at a checkpoint, from kept maps and those that are computed now. */
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { mapOfClass } from '../../explanations/classHeatmaps';
import type { FloatMap } from '../../imaging';
import { compareMethods } from '../../measures/agreement';
import type { ImageAgreement } from '../../measures/agreement/numbers';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Work } from '../computation';
import type { ClassHeatmaps } from '../heatmaps/explain';
import type { HashedImage } from '../heatmaps/hashedImage';
import { takeMaps, type MapKeeper } from '../heatmaps/maps';
import type { MapsOf } from '../heatmaps/mapsOf';
import { classOf } from '../heatmaps/target';

export interface MethodToCompare extends MapsOf {
  /** Of heatmaps. */
  readonly keeper: MapKeeper;
}

export interface AgreementPlan {
  readonly methods: readonly MethodToCompare[];
  /** By places in `methods`. */
  readonly pairs: readonly { readonly a: number; readonly b: number }[];
  readonly images: readonly HashedImage[];
  readonly target: 'predicted' | 'label';
}

/** Values of maps in memory, at most; of more images some are compared after the others. */
const MOST_VALUES = 16_000_000;

/**
 * @param done told of so many heatmaps more
 * @returns in the order of the pairs @throws CancelledError, WorkError
 */
export async function measureAgreement(
  { methods, pairs, images, target }: AgreementPlan,
  { checkpoint, next }: { readonly checkpoint: HashedCheckpoint; readonly next: HashedCheckpoint | undefined },
  work: Work<{ done: number; of: number }>,
  done: (heatmaps: number) => void,
): Promise<ImageAgreement[]> {
  const found = pairs.map((): ImageAgreement => ({ spearman: [], topOverlap: [] }));
  const area = Math.max(...methods.map(({ targetLayer: { height, width } }) => height * width));
  const atOnce = Math.max(1, Math.floor(MOST_VALUES / (methods.length * area)));
  for (let first = 0; first < images.length; first += atOnce) {
    const some = images.slice(first, first + atOnce);
    const maps: FloatMap[][] = [];
    for (const method of methods) {
      const ofMethod = new Array<FloatMap>(some.length);
      await takeMaps(
        {
          ...method,
          checkpoints: [checkpoint],
          images: some.map((image, place) => ({ ...image, target, place })),
          priority: 'later',
          next,
          take(_, taken, heatmaps) {
            for (const [at, { place, image }] of taken.entries())
              ofMethod[place] = mapOf(heatmaps[at] as ClassHeatmaps, target, image.label);
            done(taken.length);
          },
        },
        work,
      );
      maps.push(ofMethod);
    }
    for (const place of some.keys()) {
      if (work.signal.aborted) throw new CancelledError();
      for (const [at, { a, b }] of pairs.entries()) {
        const { spearman, topOverlap } = compareMethods(maps[a]?.[place] as FloatMap, maps[b]?.[place] as FloatMap);
        found[at]?.spearman.push(spearman);
        found[at]?.topOverlap.push(topOverlap);
      }
      await yieldToEvents();
    }
  }
  return found;
}

/** A copy, which does not hold on to the maps of all classes. */
function mapOf(heatmaps: ClassHeatmaps, target: 'predicted' | 'label', label: number | null): FloatMap {
  const { height, width, logits } = heatmaps;
  const map = mapOfClass(heatmaps, classOf(target, label, logits)) as Float32Array;
  return { height, width, values: map.slice() };
}
