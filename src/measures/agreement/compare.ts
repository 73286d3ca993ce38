/** How far the maps of two explanation methods agree on an image. */
import type { FloatMap } from '../../imaging/heatmap';
import type { Size } from '../../imaging/placement';
import { resample } from '../../imaging/resample';
import { isFlatMap } from '../drift/movement';
import { topOverlap } from '../similarity/overlap';
import { spearman } from '../similarity/spearman';

/** Null where one of the maps is flat; the overlap also where one has no cell above zero. */
export interface MapAgreement {
  readonly spearman: number | null;
  readonly topOverlap: number | null;
}

/** The grid on which two maps are compared: the one with fewer cells. */
export function coarserSize(a: Size, b: Size): Size {
  const { height, width } = a.height * a.width <= b.height * b.width ? a : b;
  return { height, width };
}

/**
 * The published maps are compared, with their signs, on the coarser of their grids: the finer one is averaged to it by
 * `resample`, each cell over twice its own width. Symmetric.
 */
export function compareMethods(a: FloatMap, b: FloatMap): MapAgreement {
  const size = coarserSize(a, b);
  const [onA, onB] = [broughtTo(size, a), broughtTo(size, b)];
  if (isFlatMap(onA) || isFlatMap(onB)) return { spearman: null, topOverlap: null };
  return {
    spearman: spearman(onA.values, onB.values) ?? null,
    topOverlap: topOverlap(onA.values, onB.values) ?? null,
  };
}

function broughtTo({ height, width }: Size, map: FloatMap): FloatMap {
  if (map.height === height && map.width === width) return map;
  return { height, width, values: resample({ ...map, channels: 1 }, height, width) };
}
