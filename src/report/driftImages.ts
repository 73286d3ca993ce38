/** How the heatmap of each image moves, in columns: what the means and intervals of attention are computed from. */
import { sevenDigitsOrNull } from '../common/sevenDigits';
import { ofEachMovement, type Movement } from '../measures/drift/movementMeasures';
import type { AttentionImagePoint, AttentionTrack, Moved } from '../measures/drift/numbers';

/** [images] each; null where maps cannot be compared. */
type MovementColumns = { readonly [key in keyof Movement]: readonly (number | null)[] };

interface MovedColumns {
  /** Null at the first checkpoint. */
  readonly fromPrevious: MovementColumns | null;
  readonly fromLast: MovementColumns;
}

/** Of a checkpoint, [images] each, in the order of the test set, to seven digits. */
export interface AttentionImages extends MovedColumns {
  readonly epoch: number;
  readonly predicted: readonly number[];
  readonly fixed: {
    readonly lastPrediction: MovedColumns;
    /** Null where no label is known. */
    readonly label: MovedColumns | null;
  };
  readonly entropy: readonly (number | null)[];
  readonly inMask: readonly (number | null)[];
}

/** An element a checkpoint. @param tracks of the images that the means are over */
export function attentionImages(tracks: readonly Pick<AttentionTrack, 'points'>[]): AttentionImages[] {
  const [first] = tracks;
  return (first?.points ?? []).map(({ epoch }, at) => {
    const points = tracks.map((track) => track.points[at] as AttentionImagePoint);
    const isLabelled = points.some(({ fixed }) => fixed.label !== null);
    return {
      epoch,
      predicted: points.map(({ predicted }) => predicted),
      ...movedColumns(points),
      fixed: {
        lastPrediction: movedColumns(points.map(({ fixed }) => fixed.lastPrediction)),
        label: isLabelled ? movedColumns(points.map(({ fixed }) => fixed.label)) : null,
      },
      entropy: points.map(({ entropy }) => sevenDigitsOrNull(entropy)),
      inMask: points.map(({ inMask }) => sevenDigitsOrNull(inMask)),
    };
  });
}

function movedColumns(moved: readonly (Moved | null)[]): MovedColumns {
  const isFirst = moved.every((each) => each === null || each.fromPrevious === null);
  return {
    fromPrevious: isFirst ? null : columns(moved.map((each) => each?.fromPrevious ?? null)),
    fromLast: columns(moved.map((each) => each?.fromLast ?? null)),
  };
}

function columns(movements: readonly (Movement | null)[]): MovementColumns {
  return ofEachMovement(({ key }) => movements.map((movement) => sevenDigitsOrNull(movement?.[key] ?? null)));
}
