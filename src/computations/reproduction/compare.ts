/** How far a result that is recomputed is from the one that was kept. */
import { countSame, type ClassIndices } from '../../common/classIndices';

/** Float arrays: the largest difference as a share of the largest kept value. Infinity where they are of other lengths. */
export function arrayDifference(kept: ArrayLike<number>, found: ArrayLike<number>): number {
  if (kept.length !== found.length) return Infinity;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < kept.length; i++) {
    const [a, b] = [kept[i] as number, found[i] as number];
    if (Object.is(a, b)) continue;
    largest = Math.max(largest, Math.abs(a));
    difference = Math.max(difference, Number.isNaN(a - b) ? Infinity : Math.abs(a - b));
  }
  for (let i = 0; i < kept.length; i++) largest = Math.max(largest, Math.abs(kept[i] as number));
  return difference === 0 ? 0 : difference / (largest || 1);
}

/** JSON: the largest difference of two numbers in the same place, of a value above 1 as a share of it. */
export function jsonDifference(kept: unknown, found: unknown): number {
  if (typeof kept === 'number' && typeof found === 'number')
    return Math.abs(kept - found) / Math.max(1, Math.abs(kept));
  if (Array.isArray(kept) && Array.isArray(found)) {
    if (kept.length !== found.length) return Infinity;
    return Math.max(0, ...kept.map((value, i) => jsonDifference(value, found[i])));
  }
  if (isObject(kept) && isObject(found)) {
    const names = new Set([...Object.keys(kept), ...Object.keys(found)]);
    return Math.max(0, ...[...names].map((name) => jsonDifference(kept[name], found[name])));
  }
  return kept === found ? 0 : Infinity;
}

/**
 * JSON with a point in place of the interval that a mean does not have where all values are the same: on another engine
 * they may be the same but for rounding, and the interval next to nothing.
 */
export function withPointIntervals(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) => {
    if (!isObject(each) || each['interval'] !== null || typeof each['mean'] !== 'number') return each;
    return { ...each, interval: { low: each['mean'], high: each['mean'] } };
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of classes: the share of places where they are not the same. */
export function shareOfOthers(kept: ClassIndices | undefined, found: ClassIndices): number {
  if (kept?.length !== found.length) return Infinity;
  return found.length === 0 ? 0 : 1 - countSame(kept, found) / found.length;
}
