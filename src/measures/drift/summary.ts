/** From each image's numbers to their means. */
import { meanSettling, settledAt } from '.';
import type {
  AttentionImagePoint,
  AttentionNumbers,
  AttentionPoint,
  AttentionTrack,
  MeanMoved,
  MeanMovement,
  Moved,
  Settling,
} from './numbers';
import { ofEachMovement, type Movement, type MOVEMENT_MEASURES } from './movementMeasures';
import { estimateKnown, whereEnoughChange, type Estimate } from '../../statistics';

/** Of each image, whether two checkpoints predict another class. */
type Changed = readonly boolean[];

/**
 * Of one checkpoint.
 * @param points of each image @param target whose heatmaps these are of @param previous what the checkpoint before
 * predicts of the same images @param last what the last one does
 */
export function summarise(
  points: readonly AttentionImagePoint[],
  epoch: number,
  {
    target,
    previous,
    last,
  }: {
    readonly target: 'predicted' | 'label';
    readonly previous: readonly number[] | undefined;
    readonly last: readonly number[];
  },
): AttentionPoint {
  const labelled = points.map(({ fixed }) => fixed.label).filter((each) => each !== null);
  const changedFrom = (from: readonly number[]): Changed =>
    points.map(({ predicted }, image) => predicted !== from[image]);
  const changed = { fromPrevious: previous && changedFrom(previous), fromLast: changedFrom(last) };
  return {
    epoch,
    ...meanMoved(points, target === 'predicted' ? changed : undefined),
    fixed: {
      lastPrediction: meanMoved(points.map(({ fixed }) => fixed.lastPrediction)),
      label: labelled.length === 0 ? null : meanMoved(labelled),
    },
    changed: {
      fromPrevious: changed.fromPrevious === undefined ? null : countOf(changed.fromPrevious),
      fromLast: countOf(changed.fromLast),
    },
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

function countOf(changed: Changed): number {
  return changed.filter(Boolean).length;
}

/** @param changed where the heatmaps are of what each checkpoint predicts */
function meanMoved(
  moved: readonly Moved[],
  changed?: { readonly fromPrevious: Changed | undefined; readonly fromLast: Changed },
): MeanMoved {
  const previous = moved.map(({ fromPrevious }) => fromPrevious).filter((each) => each !== null);
  return {
    fromPrevious: previous.length === 0 ? null : meanMovement(previous, changed?.fromPrevious),
    fromLast: meanMovement(
      moved.map(({ fromLast }) => fromLast),
      changed?.fromLast,
    ),
  };
}

/** @param changed of heatmaps of the predicted class, whether the predictions of each image differ; else absent */
export function meanMovement(movements: readonly Movement[], changed?: Changed): MeanMovement {
  const estimate = ({ key, quantity }: (typeof MOVEMENT_MEASURES)[number]): Estimate | null => {
    const mean = estimateKnown(
      movements.map((movement) => movement[key]),
      quantity,
    );
    if (changed === undefined) return mean;
    return whereEnoughChange(mean, movements.filter((movement, at) => movement[key] !== null && changed[at]).length);
  };
  return {
    ...ofEachMovement(estimate),
    compared: movements.filter(({ spearman }) => spearman !== null).length,
    of: movements.length,
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
