/** Where a map's relevance lies, by a mask of the object. */
import { isFlat, sharedScale, type FloatMap } from '../../imaging/heatmap';
import { resample } from '../../imaging/resample';
import type { MeasureKey } from './measures';

/** 1 where an object is, [height, width]. */
export interface ObjectMask {
  readonly height: number;
  readonly width: number;
  readonly values: Uint8Array;
}

/** 0 … 1 each; null where the map has no such relevance. */
export type LocalisedValues = Readonly<Record<MeasureKey, number | null>>;

const NOWHERE: LocalisedValues = { energy: null, pointing: null, mass: null, rank: null };

/**
 * By the map as it is seen: bilinear with half-pixel centres, at the mask's size. A flat map points nowhere.
 * @param mask of some positions
 */
export function localise(map: FloatMap, { height, width, values: mask }: ObjectMask): LocalisedValues {
  if (isFlat(sharedScale([map]))) return NOWHERE;
  const relevance = resample({ ...map, channels: 1 }, height, width);
  return {
    energy: shareInside(relevance, mask, (value) => Math.max(0, value)),
    pointing: topInside(relevance, mask, 1),
    mass: shareInside(relevance, mask, Math.abs),
    rank: topInside(
      relevance,
      mask,
      mask.reduce((sum, each) => sum + each, 0),
    ),
  };
}

function shareInside(relevance: Float32Array, mask: Uint8Array, weigh: (value: number) => number): number | null {
  let [inside, all] = [0, 0];
  relevance.forEach((value, position) => {
    const weight = weigh(value);
    all += weight;
    inside += weight * (mask[position] as number);
  });
  return all > 0 ? inside / all : null;
}

/** Of so many largest values, the share inside; of those that are equal to the last of them, as many as their share. */
function topInside(relevance: Float32Array, mask: Uint8Array, count: number): number {
  const least = relevance.slice().sort()[relevance.length - count] as number;
  let [above, aboveInside, equal, equalInside] = [0, 0, 0, 0];
  relevance.forEach((value, position) => {
    const inside = mask[position] as number;
    if (value > least) [above, aboveInside] = [above + 1, aboveInside + inside];
    if (value === least) [equal, equalInside] = [equal + 1, equalInside + inside];
  });
  return (aboveInside + ((count - above) * equalInside) / equal) / count;
}
