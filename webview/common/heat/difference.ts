/** The difference of two heatmaps of one image. */
import { isFlat, type FloatMap, type Scale } from '../../../src/imaging/heatmap';
import { resample } from '../../../src/imaging/resample';
import type { RangedMap } from './paint';

/** The scale of two maps, and their difference on it. */
export interface Difference extends RangedMap {
  /** The largest possible difference on this scale, which gets the strongest colours. */
  readonly limit: number;
  /** The largest absolute difference. */
  readonly most: number;
}

/**
 * @param scale the common scale; undefined compares the places of heat and not its amount: the values of each map are
 * shares of its own range
 */
export function differenceOf(first: RangedMap, second: RangedMap, scale: Scale | undefined): Difference {
  const map = differenceMap(first, second, scale === undefined ? 'own' : 'raw');
  const most = map.values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);
  const limit = scale === undefined ? 1 : scale.maximum - scale.minimum;
  return { map, range: { minimum: -limit, maximum: limit }, signed: true, limit, most };
}

/**
 * What is done to two maps before one is taken from the other. own: each is divided by its own range, so that the places
 * of heat are compared and not its amount; a signed one by its largest absolute value. raw: nothing.
 */
export const DIFFERENCE_SCALES = ['own', 'raw'] as const;
export type DifferenceScale = (typeof DIFFERENCE_SCALES)[number];

/** The first less the second. The coarser one is enlarged to the finer one's size, after it was scaled. */
export function differenceMap(
  first: RangedMap,
  second: RangedMap,
  scaled: DifferenceScale,
): FloatMap & { readonly values: Float32Array } {
  const height = Math.max(first.map.height, second.map.height);
  const width = Math.max(first.map.width, second.map.width);
  const [a, b] = [first, second].map((each) => {
    const values = scaled === 'own' ? shares(each) : each.map.values;
    if (each.map.height === height && each.map.width === width) return values;
    return resample({ ...each.map, channels: 1, values }, height, width);
  }) as [ArrayLike<number>, ArrayLike<number>];
  return { height, width, values: Float32Array.from(a, (value, i) => value - (b[i] as number)) };
}

/** Of the range of the map: from 0 to 1, or of a signed map from −1 to 1. */
function shares({ map: { values }, range, signed }: RangedMap): ArrayLike<number> {
  if (isFlat(range)) return new Float32Array(values.length);
  const { minimum, maximum } = signed ? { ...range, minimum: 0 } : range;
  return Float32Array.from(values, (value) => (value - minimum) / (maximum - minimum));
}
