/**
 * What is measured of how far a heatmap has moved. A new measure is listed here, and its function in `movement.ts`:
 * results, tables, panel, report and CSV files follow.
 */
import type { QuantityName } from '../../statistics';

interface MovementMeasure {
  /** The field of results, and the beginning of columns in CSV files. */
  readonly key: string;
  /** Above a chart. */
  readonly title: string;
  /** At the head of a column of a report and of a terminal, before "with the last" or "last". */
  readonly head: string;
  readonly short: string;
  /** What stands before the other checkpoint: a map is like it, or far from it. */
  readonly preposition: 'with' | 'from';
  /** Where an axis begins and ends; null is as far as the values go. */
  readonly axis: { readonly min: number | null; readonly max: number | null };
  /** What its values are statistically, their range included. */
  readonly quantity: QuantityName;
}

export const MOVEMENT_MEASURES = [
  {
    key: 'spearman',
    title: 'Rank correlation of heatmaps',
    head: 'ρ',
    short: 'ρ',
    preposition: 'with',
    axis: { min: null, max: 1 },
    quantity: 'correlation',
  },
  {
    key: 'topOverlap',
    title: 'Overlap of the hottest 20 %',
    head: 'Top 20\u00a0% in common',
    short: 'overlap',
    preposition: 'with',
    axis: { min: 0, max: 1 },
    quantity: 'share',
  },
  {
    key: 'centreShift',
    title: 'Shift of the centre (in map sides)',
    head: 'Shift',
    short: 'shift',
    preposition: 'from',
    axis: { min: 0, max: null },
    quantity: 'shift',
  },
] as const satisfies readonly MovementMeasure[];
export type MovementKey = (typeof MOVEMENT_MEASURES)[number]['key'];

/** Null where one of the maps is flat: it points nowhere. */
export type Movement = Record<MovementKey, number | null>;

/** A value for each measure. */
export function ofEachMovement<T>(valueOf: (measure: (typeof MOVEMENT_MEASURES)[number]) => T): Record<MovementKey, T> {
  return Object.fromEntries(MOVEMENT_MEASURES.map((measure) => [measure.key, valueOf(measure)])) as Record<
    MovementKey,
    T
  >;
}
