/** The order of an image's pixels by a map. */
import { resample } from '../../imaging/resample';
import type { Size } from '../../imaging/placement';

/** A map with its sign, row by row, [height · width]. */
export interface SignedMap extends Size {
  readonly values: Float32Array;
}

/** Bilinear with half-pixel centres, as PyTorch's `interpolate(align_corners=False)`. */
export function enlarged(map: SignedMap, { height, width }: Size): Float32Array {
  if (map.height === height && map.width === width) return map.values;
  return resample({ ...map, channels: 1 }, height, width);
}

/**
 * The places of values, greatest first.
 * @param places the order of equal values: a place's rank among them; absent, the lower place comes first
 * @returns [values]
 */
export function greatestFirst(values: Float32Array, places?: Uint32Array): Uint32Array {
  const count = values.length;
  // One number each, the value's bits above its place: numbers are sorted in a fifth of the time that a comparison takes.
  const bits = new Uint32Array(Float32Array.from(values, (value) => value + 0).buffer);
  const keys = Float64Array.from(bits, (each, at) => descending(each) * count + (places?.[at] ?? at));
  keys.sort();
  const order = Uint32Array.from(keys, (key) => key % count);
  if (places === undefined) return order;
  const placeOf = new Uint32Array(count);
  places.forEach((rank, place) => (placeOf[rank] = place));
  return order.map((rank) => placeOf[rank] as number);
}

/** The bits of a float32 as a whole number that falls as the value rises. */
function descending(bits: number): number {
  return bits >= 0x80000000 ? bits : 0x7fffffff - bits;
}
