/** Sums over the middle of a tensor, such as the positions of an image, channel by channel. */
import { loadLanes, storeLanes } from './lanes';

/** y [outer, channels] = factor · Σ over rows of x [outer, rows, channels]. */
export function sumRows(outer: i32, rows: i32, channels: i32, x: usize, factor: f32, y: usize): void {
  const bytes: usize = channels << 2, vectors: usize = (channels & ~3) << 2;
  for (let i = 0; i < outer; i++, x += rows * bytes, y += bytes) {
    let c: usize = 0;
    for (; c < vectors; c += 16) sumLanes(x + c, rows, bytes, factor, y + c, true);
    for (; c < bytes; c += 4) sumLanes(x + c, rows, bytes, factor, y + c, false);
  }
}

/** Rows summed in one stretch; the sums of stretches are summed in turn, which keeps rounding small over many rows. */
const STRETCH: i32 = 64;

// @ts-ignore: decorator
@inline
function sumLanes(x: usize, rows: i32, step: usize, factor: f32, y: usize, full: bool): void {
  let total = f32x4.splat(0);
  for (let first = 0; first < rows; first += STRETCH) {
    let sum = f32x4.splat(0);
    const end = min(rows, first + STRETCH);
    for (let r = first; r < end; r++, x += step) sum = f32x4.add(sum, loadLanes(x, full));
    total = f32x4.add(total, sum);
  }
  storeLanes(y, f32x4.mul(total, f32x4.splat(factor)), full);
}
