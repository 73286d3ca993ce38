/** dx = dy where x > 0, else 0. */
export function reluGradient(count: i32, dy: usize, x: usize, dx: usize): void {
  const vectors = x + ((count & ~3) << 2), end = x + (count << 2);
  for (; x < vectors; x += 16, dy += 16, dx += 16) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(x), f32x4.splat(0))));
  }
  for (; x < end; x += 4, dy += 4, dx += 4) store<f32>(dx, load<f32>(x) > 0 ? load<f32>(dy) : 0);
}
