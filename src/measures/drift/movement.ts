/**
 * How far a heatmap has moved between two checkpoints, of one image and on one layer's grid. A new measure is listed in
 * {@link MOVEMENT_MEASURES}: results, tables, panel, report and CSV files follow.
 */
import { isFlat, sharedScale, type FloatMap } from '../../imaging/heatmap';
import type { QuantityName } from '../../statistics';
import { topOverlap } from '../similarity/overlap';
import { spearman } from '../similarity/spearman';
import { centreOfMass, hasHeat } from './shape';

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
  /** Symmetric; neither map is flat. Undefined where it cannot be said. */
  readonly compare: (a: FloatMap, b: FloatMap) => number | undefined;
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
    compare: (a, b) => spearman(a.values, b.values),
  },
  {
    key: 'topOverlap',
    title: 'Overlap of the hottest 20 %',
    head: 'Top 20\u00a0% in common',
    short: 'overlap',
    preposition: 'with',
    axis: { min: 0, max: 1 },
    quantity: 'share',
    compare: (a, b) => topOverlap(a.values, b.values),
  },
  {
    key: 'centreShift',
    title: 'Shift of the centre (in map sides)',
    head: 'Shift',
    short: 'shift',
    preposition: 'from',
    axis: { min: 0, max: null },
    quantity: 'shift',
    compare: (a, b) => {
      if (!hasHeat(a) || !hasHeat(b)) return undefined;
      const [rowA, columnA] = centreOfMass(a);
      const [rowB, columnB] = centreOfMass(b);
      return Math.hypot(rowA - rowB, columnA - columnB);
    },
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

/** Of two maps of which one is flat nothing is known. @param b of the same size */
export function movement(a: FloatMap, b: FloatMap): Movement {
  const isUnknown = isFlatMap(a) || isFlatMap(b);
  return ofEachMovement(({ compare }) => (isUnknown ? null : (compare(a, b) ?? null)));
}

export function isFlatMap(map: FloatMap): boolean {
  return isFlat(sharedScale([map]));
}
