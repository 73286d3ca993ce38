/** How far a heatmap has moved between two checkpoints, of one image and on one layer's grid. */
import { isFlat, sharedScale, type FloatMap } from '../../imaging/heatmap';
import type { Movement } from './numbers';
import { spearman } from '../similarity/spearman';
import { topOverlap } from '../similarity/overlap';
import { centreOfMass } from './shape';

const UNKNOWN: Movement = { spearman: null, topOverlap: null, centreShift: null };

/** Symmetric. Of two maps of which one is flat nothing is known: it points nowhere. @param b of the same size */
export function movement(a: FloatMap, b: FloatMap): Movement {
  if (isFlatMap(a) || isFlatMap(b)) return UNKNOWN;
  const [rowA, columnA] = centreOfMass(a);
  const [rowB, columnB] = centreOfMass(b);
  return {
    spearman: spearman(a.values, b.values) ?? null,
    topOverlap: topOverlap(a.values, b.values) ?? null,
    centreShift: Math.hypot(rowA - rowB, columnA - columnB),
  };
}

export function isFlatMap(map: FloatMap): boolean {
  return isFlat(sharedScale([map]));
}
