/** From each image's numbers to their means. */
import { meanSettling, settledAt } from '../../drift';
import type {
  AttentionImagePoint,
  AttentionNumbers,
  AttentionPoint,
  AttentionTrack,
  MeanMoved,
  MeanMovement,
  Moved,
  Movement,
  Settling,
} from '../../protocol/attention';
import { meanOfKnown } from '../measures/estimate';

/** Of one checkpoint. @param points of each image @param last of the same images at the last checkpoint */
export function summarise(
  points: readonly AttentionImagePoint[],
  epoch: number,
  {
    previous,
    last,
  }: {
    readonly previous: readonly number[] | undefined;
    readonly last: readonly number[];
  },
): AttentionPoint {
  const labelled = points.map(({ fixed }) => fixed.label).filter((each) => each !== null);
  const changed = (from: readonly number[]): number =>
    points.filter(({ predicted }, image) => predicted !== from[image]).length;
  return {
    epoch,
    fromPrevious: previous.length === 0 ? null : meanMovement(previous),
    fromLast: meanMovement(points.map(({ fromLast }) => fromLast)),
    entropy: estimateKnown(
      points.map(({ entropy }) => entropy),
      'share',
    ),
    inMask: estimateKnown(
      points.map(({ inMask }) => inMask),
      'share',
    ),
    flat: points.filter(({ centre }) => centre === null).length,
  };
}

function meanMoved(moved: readonly Moved[]): MeanMoved {
  const previous = moved.map(({ fromPrevious }) => fromPrevious).filter((each) => each !== null);
  return {
    spearman: estimateKnown(
      movements.map(({ spearman }) => spearman),
      'correlation',
    ),
    topOverlap: estimateKnown(
      movements.map(({ topOverlap }) => topOverlap),
      'share',
    ),
    centreShift: estimateKnown(
      movements.map(({ centreShift }) => centreShift),
      'shift',
    ),
  };
}

/** When an image's focus settles. @param points by epoch */
export function imageSettled(points: readonly AttentionImagePoint[]): Pick<AttentionTrack, 'settled' | 'settledFixed'> {
  const settled = (movedOf: (point: AttentionImagePoint) => Moved | null): number | null =>
    settledAt(points.map((point) => ({ epoch: point.epoch, spearman: movedOf(point)?.fromLast.spearman ?? null })));
  return {
    settled: settled((point) => point),
    settledFixed: {
      lastPrediction: settled(({ fixed }) => fixed.lastPrediction),
      label: settled(({ fixed }) => fixed.label),
    },
  };
}

/** When the focus of all settles, by the mean over images. */
export function settlingOf(epochs: AttentionNumbers['epochs']): AttentionNumbers['settling'] {
  const settling = (moved: readonly { readonly epoch: number; readonly fromLast: MeanMovement }[]): Settling =>
    meanSettling(
      moved.map(({ epoch, fromLast: { spearman, compared, of } }) => ({
        epoch,
        spearman: spearman?.mean ?? null,
        compared,
        of,
      })),
    );
  const labelled = epochs.flatMap(({ epoch, fixed }) => (fixed.label === null ? [] : [{ epoch, ...fixed.label }]));
  return {
    target: settling(epochs),
    lastPrediction: settling(epochs.map(({ epoch, fixed }) => ({ epoch, ...fixed.lastPrediction }))),
    label: labelled.length === 0 ? null : settling(labelled),
  };
}
