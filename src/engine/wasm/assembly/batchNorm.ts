/**
 * Batch normalisation of x [rows, channels] with its own statistics, and the gradient in closed form (Ioffe and
 * Szegedy 2015, section 3). Sums run over blocks of rows, so that their rounding error grows with the number of blocks
 * and not of rows.
 */
import { loadLanes, multiplyAdd, storeLanes } from './lanes';

/** Floats in a block of rows: 16 KiB, half of a first-level cache. */
const BLOCK_FLOATS: i32 = 4096;

// @ts-ignore: decorator
@inline
function blockRows(channels: i32): i32 {
  return max(8, BLOCK_FLOATS / channels);
}

/**
 * y = gamma·(x − mean)/√(variance + epsilon) + beta with the biased variance; `variance` receives the unbiased one,
 * `inverse` 1/√(biased + epsilon). `scratch` holds 3·channels floats.
 */
export function batchNormForward(
  rows: i32, channels: i32, x: usize, gamma: usize, beta: usize, epsilon: f32,
  y: usize, mean: usize, variance: usize, inverse: usize, scratch: usize,
): void {
  const bytes = channels << 2;
  const shifts = scratch, sums = scratch + bytes, squares = sums + bytes;
  memory.fill(scratch, 0, 3 * bytes);
  const block = blockRows(channels);
  // The mean of the first block, near enough to every value for x − shift to keep its digits when squared.
  const sample = min(block, rows);
  addMoments(x, sample, channels, squares, shifts, variance);
  for (let c: usize = 0; c < <usize>bytes; c += 4) store<f32>(shifts + c, load<f32>(shifts + c) / <f32>sample);
  memory.fill(squares, 0, bytes);
  for (let r = 0; r < rows; r += block) {
    addMoments(x + r * bytes, min(block, rows - r), channels, shifts, sums, squares);
  }
  const scales = sums, offsets = squares;
  for (let c: usize = 0; c < <usize>bytes; c += 4) {
    const distance = load<f32>(sums + c) / <f32>rows;
    const biased = max<f32>(0, load<f32>(squares + c) / <f32>rows - distance * distance);
    const average = load<f32>(shifts + c) + distance;
    const factor = <f32>1 / sqrt<f32>(biased + epsilon);
    store<f32>(mean + c, average);
    store<f32>(variance + c, rows > 1 ? biased * (<f32>rows / <f32>(rows - 1)) : biased);
    store<f32>(inverse + c, factor);
    store<f32>(scales + c, load<f32>(gamma + c) * factor);
    store<f32>(offsets + c, load<f32>(beta + c));
  }
  normalise(rows, channels, x, mean, scales, offsets, y);
}

/** y = gamma·(x − mean)/√(variance + epsilon) + beta with statistics that are given. `scratch` holds channels floats. */
export function batchNormInference(
  rows: i32, channels: i32, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize, epsilon: f32,
  y: usize, scratch: usize,
): void {
  for (let c: usize = 0; c < <usize>(channels << 2); c += 4) {
    store<f32>(scratch + c, load<f32>(gamma + c) / sqrt<f32>(load<f32>(variance + c) + epsilon));
  }
  normalise(rows, channels, x, mean, scratch, beta, y);
}

/** sums += Σ(x − shift), squares += Σ(x − shift)², over the rows of a block. */
function addMoments(x: usize, rows: i32, channels: i32, shifts: usize, sums: usize, squares: usize): void {
  const bytes: usize = channels << 2, vectors: usize = (channels & ~3) << 2;
  let c: usize = 0;
  for (; c < vectors; c += 16) addMomentLanes(x + c, rows, bytes, shifts + c, sums + c, squares + c, true);
  for (; c < bytes; c += 4) addMomentLanes(x + c, rows, bytes, shifts + c, sums + c, squares + c, false);
}

// @ts-ignore: decorator
@inline
function addMomentLanes(x: usize, rows: i32, step: usize, shifts: usize, sums: usize, squares: usize, full: bool): void {
  const shift = loadLanes(shifts, full);
  let sum = f32x4.splat(0), square = sum;
  for (let from = x, r = 0; r < rows; r++, from += step) {
    const distance = f32x4.sub(loadLanes(from, full), shift);
    sum = f32x4.add(sum, distance);
    square = multiplyAdd(square, distance, distance);
  }
  storeLanes(sums, f32x4.add(loadLanes(sums, full), sum), full);
  storeLanes(squares, f32x4.add(loadLanes(squares, full), square), full);
}

function normalise(rows: i32, channels: i32, x: usize, mean: usize, scales: usize, offsets: usize, y: usize): void {
  const bytes: usize = channels << 2, vectors: usize = (channels & ~3) << 2;
  for (let r = 0; r < rows; r++, x += bytes, y += bytes) {
    let c: usize = 0;
    for (; c < vectors; c += 16) normaliseLanes(x + c, mean + c, scales + c, offsets + c, y + c, true);
    for (; c < bytes; c += 4) normaliseLanes(x + c, mean + c, scales + c, offsets + c, y + c, false);
  }
}

// @ts-ignore: decorator
@inline
function normaliseLanes(x: usize, mean: usize, scale: usize, offset: usize, y: usize, full: bool): void {
  const centred = f32x4.sub(loadLanes(x, full), loadLanes(mean, full));
  storeLanes(y, multiplyAdd(loadLanes(offset, full), centred, loadLanes(scale, full)), full);
}

/**
 * dx = gamma·inverse·(dy − dbeta/rows − x̂·dgamma/rows), with x̂ = (x − mean)·inverse, dgamma = Σ dy·x̂, dbeta = Σ dy.
 * `scratch` holds 3·channels floats.
 */
export function batchNormGradient(
  rows: i32, channels: i32, dy: usize, x: usize, gamma: usize, mean: usize, inverse: usize,
  dx: usize, dgamma: usize, dbeta: usize, scratch: usize,
): void {
  const bytes = channels << 2;
  memory.fill(dgamma, 0, bytes);
  memory.fill(dbeta, 0, bytes);
  const block = blockRows(channels);
  for (let r = 0; r < rows; r += block) {
    addProducts(dy + r * bytes, x + r * bytes, min(block, rows - r), channels, mean, dgamma, dbeta);
  }
  const scales = scratch, slopes = scratch + bytes, offsets = slopes + bytes;
  for (let c: usize = 0; c < <usize>bytes; c += 4) {
    const factor = load<f32>(inverse + c);
    const dg = load<f32>(dgamma + c) * factor;
    const scale = load<f32>(gamma + c) * factor;
    store<f32>(dgamma + c, dg);
    store<f32>(scales + c, scale);
    store<f32>(slopes + c, (-scale * factor * dg) / <f32>rows);
    store<f32>(offsets + c, (-scale * load<f32>(dbeta + c)) / <f32>rows);
  }
  combine(rows, channels, dy, x, mean, scales, slopes, offsets, dx);
}

/** products += Σ dy·(x − mean), sums += Σ dy, over the rows of a block. */
function addProducts(dy: usize, x: usize, rows: i32, channels: i32, mean: usize, products: usize, sums: usize): void {
  const bytes: usize = channels << 2, vectors: usize = (channels & ~3) << 2;
  let c: usize = 0;
  for (; c < vectors; c += 16) addProductLanes(dy + c, x + c, rows, bytes, mean + c, products + c, sums + c, true);
  for (; c < bytes; c += 4) addProductLanes(dy + c, x + c, rows, bytes, mean + c, products + c, sums + c, false);
}

// @ts-ignore: decorator
@inline
function addProductLanes(
  dy: usize, x: usize, rows: i32, step: usize, mean: usize, products: usize, sums: usize, full: bool,
): void {
  const centre = loadLanes(mean, full);
  let product = f32x4.splat(0), sum = product;
  for (let r = 0, offset: usize = 0; r < rows; r++, offset += step) {
    const gradient = loadLanes(dy + offset, full);
    sum = f32x4.add(sum, gradient);
    product = multiplyAdd(product, gradient, f32x4.sub(loadLanes(x + offset, full), centre));
  }
  storeLanes(products, f32x4.add(loadLanes(products, full), product), full);
  storeLanes(sums, f32x4.add(loadLanes(sums, full), sum), full);
}

/** dx = scale·dy + slope·(x − mean) + offset */
function combine(
  rows: i32, channels: i32, dy: usize, x: usize, mean: usize, scales: usize, slopes: usize, offsets: usize, dx: usize,
): void {
  const bytes: usize = channels << 2, vectors: usize = (channels & ~3) << 2;
  for (let r = 0; r < rows; r++, x += bytes, dy += bytes, dx += bytes) {
    let c: usize = 0;
    for (; c < vectors; c += 16) {
      combineLanes(dy + c, x + c, mean + c, scales + c, slopes + c, offsets + c, dx + c, true);
    }
    for (; c < bytes; c += 4) {
      combineLanes(dy + c, x + c, mean + c, scales + c, slopes + c, offsets + c, dx + c, false);
    }
  }
}

// @ts-ignore: decorator
@inline
function combineLanes(
  dy: usize, x: usize, mean: usize, scale: usize, slope: usize, offset: usize, dx: usize, full: bool,
): void {
  const centred = f32x4.sub(loadLanes(x, full), loadLanes(mean, full));
  const linear = multiplyAdd(loadLanes(offset, full), centred, loadLanes(slope, full));
  storeLanes(dx, multiplyAdd(linear, loadLanes(dy, full), loadLanes(scale, full)), full);
}
