/**
 * The discrete cosine transform of eight numbers and back, by Loeffler, Ligtenberg and Moschytz (1989), in whole
 * numbers and rounded where libjpeg rounds ("islow"): a coefficient rounded otherwise would be another file's.
 */

/** Constants are multiples of 2⁻¹³. */
const CONSTANT_BITS = 13;
const fixed = (value: number): number => Math.round(value * 2 ** CONSTANT_BITS);
const F0298 = fixed(0.298631336);
const F0390 = fixed(0.390180644);
const F0541 = fixed(0.5411961);
const F0765 = fixed(0.765366865);
const F0899 = fixed(0.899976223);
const F1175 = fixed(1.175875602);
const F1501 = fixed(1.50132111);
const F1847 = fixed(1.847759065);
const F1961 = fixed(1.96157056);
const F2053 = fixed(2.053119869);
const F2562 = fixed(2.562915447);
const F3072 = fixed(3.072711026);

/** Eight numbers of a block: those at `start`, `start + step` … */
type Line = (values: Int32Array, start: number, step: number, shift: number) => void;

/** Divided by 2^bits, halves up; by a negative number of bits multiplied. */
function descale(value: number, bits: number): number {
  return bits <= 0 ? value << -bits : (value + (1 << (bits - 1))) >> bits;
}

/** @param shift by how many bits the result is made smaller; it is √8 times the orthonormal transform otherwise */
export const forward: Line = (values, start, step, shift) => {
  const at = (i: number): number => values[start + i * step] as number;
  const a = at(0) + at(7);
  const b = at(1) + at(6);
  const c = at(2) + at(5);
  const d = at(3) + at(4);
  const outer = a - d;
  const inner = b - c;
  const shared = (inner + outer) * F0541;
  const bits = shift + CONSTANT_BITS;
  const odd = oddPart(at(3) - at(4), at(2) - at(5), at(1) - at(6), at(0) - at(7));
  values[start] = descale(a + d + b + c, shift);
  values[start + step] = descale(odd[3], bits);
  values[start + 2 * step] = descale(shared + outer * F0765, bits);
  values[start + 3 * step] = descale(odd[2], bits);
  values[start + 4 * step] = descale(a + d - b - c, shift);
  values[start + 5 * step] = descale(odd[1], bits);
  values[start + 6 * step] = descale(shared - inner * F1847, bits);
  values[start + 7 * step] = descale(odd[0], bits);
};

/** @param shift by how many bits the result is made smaller; it is √8 times the orthonormal inverse otherwise */
export const inverse: Line = (values, start, step, shift) => {
  const at = (i: number): number => values[start + i * step] as number;
  const shared = (at(2) + at(6)) * F0541;
  const low = shared - at(6) * F1847;
  const high = shared + at(2) * F0765;
  const sum = (at(0) + at(4)) << CONSTANT_BITS;
  const difference = (at(0) - at(4)) << CONSTANT_BITS;
  const bits = shift + CONSTANT_BITS;
  const odd = oddPart(at(7), at(5), at(3), at(1));
  values[start] = descale(sum + high + odd[3], bits);
  values[start + 7 * step] = descale(sum + high - odd[3], bits);
  values[start + step] = descale(difference + low + odd[2], bits);
  values[start + 6 * step] = descale(difference + low - odd[2], bits);
  values[start + 2 * step] = descale(difference - low + odd[1], bits);
  values[start + 5 * step] = descale(difference - low - odd[1], bits);
  values[start + 3 * step] = descale(sum - high + odd[0], bits);
  values[start + 4 * step] = descale(sum - high - odd[0], bits);
};

/** What both directions have in common. */
function oddPart(a: number, b: number, c: number, d: number): readonly [number, number, number, number] {
  const shared = (a + c + b + d) * F1175;
  const ad = -(a + d) * F0899;
  const bc = -(b + c) * F2562;
  const ac = shared - (a + c) * F1961;
  const bd = shared - (b + d) * F0390;
  return [a * F0298 + ad + ac, b * F2053 + bc + bd, c * F3072 + bc + ac, d * F1501 + ad + bd];
}
