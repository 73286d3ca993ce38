/** From each image's numbers to their means. */
import type { AttentionImagePoint, AttentionNumbers, AttentionPoint, Movement } from '../../protocol/attention';
import { estimateKnown } from '../../statistics';
import { settledAt } from './settling';

/** @param points of each image, at one checkpoint */
export function summarise(points: readonly AttentionImagePoint[], epoch: number): AttentionPoint {
  const previous = points.map(({ fromPrevious }) => fromPrevious).filter((each) => each !== null);
  return {
    epoch,
    fromPrevious: previous.length === 0 ? null : meanMovement(previous),
    fromLast: meanMovement(points.map(({ fromLast }) => fromLast)),
    entropy: estimateKnown(points.map(({ entropy }) => entropy)),
    inMask: estimateKnown(points.map(({ inMask }) => inMask)),
    flat: points.filter(({ centre }) => centre === null).length,
  };
}

export function meanMovement(movements: readonly Movement[]): AttentionPoint['fromLast'] {
  return {
    spearman: estimateKnown(movements.map(({ spearman }) => spearman)),
    topOverlap: estimateKnown(movements.map(({ topOverlap }) => topOverlap)),
    centreShift: estimateKnown(movements.map(({ centreShift }) => centreShift)),
  };
}

/** When an image's focus settles. @param points by epoch */
export function imageSettled(points: readonly AttentionImagePoint[]): number | null {
  return settledAt(points.map(({ epoch, fromLast }) => ({ epoch, spearman: fromLast.spearman })));
}

/** When the focus of all settles, by the mean over images. */
export function meanSettled(epochs: AttentionNumbers['epochs']): number | null {
  return settledAt(epochs.map(({ epoch, fromLast }) => ({ epoch, spearman: fromLast.spearman?.mean ?? null })));
}
