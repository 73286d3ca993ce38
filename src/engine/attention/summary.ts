/** From each image's numbers to their means. */
import type { AttentionImagePoint, AttentionNumbers, AttentionPoint, Movement } from '../../protocol/attention';
import { meanOfKnown } from '../measures/estimate';
import { settledAt } from './settling';

/** @param points of each image, at one checkpoint */
export function summarise(points: readonly AttentionImagePoint[], epoch: number): AttentionPoint {
  const previous = points.map(({ fromPrevious }) => fromPrevious).filter((each) => each !== null);
  return {
    epoch,
    fromPrevious: previous.length === 0 ? null : meanMovement(previous),
    fromLast: meanMovement(points.map(({ fromLast }) => fromLast)),
    entropy: meanOfKnown(points.map(({ entropy }) => entropy)),
    inMask: meanOfKnown(points.map(({ inMask }) => inMask)),
    flat: points.filter(({ centre }) => centre === null).length,
  };
}

export function meanMovement(movements: readonly Movement[]): AttentionPoint['fromLast'] {
  return {
    spearman: meanOfKnown(movements.map(({ spearman }) => spearman)),
    topOverlap: meanOfKnown(movements.map(({ topOverlap }) => topOverlap)),
    centreShift: meanOfKnown(movements.map(({ centreShift }) => centreShift)),
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
