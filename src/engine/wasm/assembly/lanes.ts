/**
 * Channels are worked on four at a time and the last few one by one, by the same code: with `full` a constant of the
 * call, these become a plain vector access, or a scalar one whose value fills all four lanes.
 */

// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, full: bool): v128 {
  return full ? v128.load(from) : v128.load_splat<f32>(from);
}

// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, value: v128, full: bool): void {
  if (full) v128.store(to, value);
  else v128.store_lane<f32>(to, value, 0);
}

/** sum + a·b */
// @ts-ignore: decorator
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}
