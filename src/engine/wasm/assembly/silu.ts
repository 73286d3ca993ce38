/** x·sigmoid(x) and its gradient, four at a time. */
import { exponential } from './exponential';

// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

// @ts-ignore: decorator
@inline
function siluOf(x: v128): v128 {
  return f32x4.mul(x, sigmoid(x));
}

/** dy·s·(1 + x·(1 − s)) */
// @ts-ignore: decorator
@inline
function siluGradientOf(dy: v128, x: v128): v128 {
  const one = f32x4.splat(1);
  const s = sigmoid(x);
  return f32x4.mul(f32x4.mul(dy, s), f32x4.add(one, f32x4.mul(x, f32x4.sub(one, s))));
}

export function silu(count: i32, x: usize, y: usize): void {
  const vectors = x + ((count & ~3) << 2), end = x + (count << 2);
  for (; x < vectors; x += 16, y += 16) v128.store(y, siluOf(v128.load(x)));
  for (; x < end; x += 4, y += 4) store<f32>(y, f32x4.extract_lane(siluOf(v128.load_splat<f32>(x)), 0));
}

export function siluGradient(count: i32, dy: usize, x: usize, dx: usize): void {
  const vectors = x + ((count & ~3) << 2), end = x + (count << 2);
  for (; x < vectors; x += 16, dy += 16, dx += 16) {
    v128.store(dx, siluGradientOf(v128.load(dy), v128.load(x)));
  }
  for (; x < end; x += 4, dy += 4, dx += 4) {
    const value = siluGradientOf(v128.load_splat<f32>(dy), v128.load_splat<f32>(x));
    store<f32>(dx, f32x4.extract_lane(value, 0));
  }
}
