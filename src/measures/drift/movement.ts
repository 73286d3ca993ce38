/** How far a heatmap has moved between two checkpoints, of one image and on one layer's grid. */
import { isFlat, sharedScale, type FloatMap } from '../../imaging/heatmap';
import { topOverlap } from '../similarity/overlap';
import { spearman } from '../similarity/spearman';
import { ofEachMovement, type Movement, type MovementKey } from './movementMeasures';
import { centreOfMass, hasHeat } from './shape';

/** Symmetric; neither map is flat. Undefined where it cannot be said. */
const COMPARE: Readonly<Record<MovementKey, (a: FloatMap, b: FloatMap) => number | undefined>> = {
  spearman: (a, b) => spearman(a.values, b.values),
  topOverlap: (a, b) => topOverlap(a.values, b.values),
  centreShift: (a, b) => {
    if (!hasHeat(a) || !hasHeat(b)) return undefined;
    const [rowA, columnA] = centreOfMass(a);
    const [rowB, columnB] = centreOfMass(b);
    return Math.hypot(rowA - rowB, columnA - columnB);
  },
};

/** Of two maps of which one is flat nothing is known. @param b of the same size */
export function movement(a: FloatMap, b: FloatMap): Movement {
  const isUnknown = isFlatMap(a) || isFlatMap(b);
  return ofEachMovement(({ key }) => (isUnknown ? null : (COMPARE[key](a, b) ?? null)));
}

export function isFlatMap(map: FloatMap): boolean {
  return isFlat(sharedScale([map]));
}
