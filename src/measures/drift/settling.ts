/** When heatmaps settle: from which of the checkpoints that were looked at on they stay like the last one's. */
import type { ComparedAt, Likeness, Settling } from './numbers';
import { isEnoughCompared } from '../../statistics';

/** How like the last checkpoint's a map must be to count as settled: a rank correlation. */
export const SETTLED_SPEARMAN = 0.8;

/**
 * Of one image: the first epoch from which on its map is like the last one's, at all checkpoints that were looked at;
 * null where only the last is, or where the last is flat.
 *
 * @param points by epoch, the last one last; null where the correlation is not known, which is not alike
 */
export function settledAt(
  points: readonly { readonly epoch: number; readonly spearman: number | null }[],
): number | null {
  const unlike = points.findLastIndex(({ spearman }) => !isAlike(spearman));
  const first = points[unlike + 1];
  return first === undefined || first === points.at(-1) ? null : first.epoch;
}

/** The mean over those images of which neither map is flat, and how many these are. */
export interface MeanAt extends ComparedAt {
  readonly spearman: number | null;
}

/**
 * Of many images, by the mean over them. At a checkpoint where too few of them can be compared nothing is known: focus
 * settles after it at the earliest.
 *
 * @param points by epoch, the last one last
 */
export function meanSettling(points: readonly MeanAt[]): Settling {
  // The last one is like itself, which says nothing.
  const earlier = points.slice(0, -1);
  if (earlier.length === 0) return { kind: 'single' };
  const before = earlier.findLastIndex((point) => !isEnoughCompared(point) || !isAlike(point.spearman));
  const unlike = earlier[before];
  const undecided = unlike === undefined || isEnoughCompared(unlike) ? null : comparedAt(unlike);
  const first = earlier[before + 1];
  if (first !== undefined) {
    const checkpoints = points.length - 1 - before;
    return { kind: 'settled', epoch: first.epoch, checkpoints, ...likenessAt(first), undecided };
  }
  return undecided === null
    ? { kind: 'moving', ...likenessAt(unlike as MeanAt) }
    : { kind: 'undecided', at: undecided };
}

/** Where it is known. */
function likenessAt({ spearman, compared }: MeanAt): Likeness {
  return { spearman: spearman as number, images: compared };
}

/** The epoch at which focus is said to settle; null where none is. */
export function settledEpoch(settling: Settling): number | null {
  return settling.kind === 'settled' ? settling.epoch : null;
}

function isAlike(spearman: number | null): boolean {
  return spearman !== null && spearman >= SETTLED_SPEARMAN;
}

function comparedAt({ epoch, compared, of }: ComparedAt): ComparedAt {
  return { epoch, compared, of };
}
