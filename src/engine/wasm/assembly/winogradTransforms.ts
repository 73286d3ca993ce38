/**
 * The linear maps of Winograd's F(4×4, 3×3), four channels at a time. Each is the same map of a line, done to all
 * columns and then to all rows. A transformed tensor is [36, …], one matrix for each place in a 6×6 tile; tiles are
 * counted through batch, rows and columns of the output.
 *
 * `work` is room for one tile: 36 vectors on the way from columns to rows, one line of outputs, and a patch of
 * 36·channels floats.
 */
import { multiplyAdd } from './lanes';

const TILE: i32 = 4;
const PATCH: i32 = 6;
const VECTOR: usize = 16;
/** Bytes of `work` before the patch. */
const LINES: usize = (36 + 4) * 16;

export function winogradWorkFloats(channels: i32): i32 {
  return i32(LINES >> 2) + PATCH * PATCH * channels;
}

// @ts-ignore: decorator
@inline
function times(factor: f32, x: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), x);
}

/** V = Bᵀ·d·B of tiles first … first + count − 1: [36, count, channels]. */
export function transformInput(
  x: usize, v: usize, first: i32, count: i32,
  height: i32, width: i32, channels: i32, tilesDown: i32, tilesAcross: i32, top: i32, left: i32, work: usize,
): void {
  const pixel: usize = channels << 2, step: usize = <usize>count * pixel;
  for (let tile = first; tile < first + count; tile++, v += pixel) {
    const image = x + <usize>(tile / (tilesDown * tilesAcross)) * height * width * pixel;
    const row = ((tile / tilesAcross) % tilesDown) * TILE - top, column = (tile % tilesAcross) * TILE - left;
    let patch = image + (row * width + column) * pixel, line: usize = width * pixel;
    if (row < 0 || column < 0 || row + PATCH > height || column + PATCH > width) {
      patch = work + LINES;
      line = PATCH * pixel;
      copyPatch(patch, PATCH, image, row, column, height, width, pixel);
    }
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      for (let j: usize = 0; j < 6; j++) inputLine(patch + c + j * pixel, line, work + j * VECTOR, 6 * VECTOR);
      for (let i: usize = 0; i < 6; i++) inputLine(work + i * 6 * VECTOR, VECTOR, v + c + i * 6 * step, step);
    }
  }
}

/** Bᵀ of 6 vectors. */
// @ts-ignore: decorator
@inline
function inputLine(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(from), d1 = v128.load(from + fromStep), d2 = v128.load(from + 2 * fromStep);
  const d3 = v128.load(from + 3 * fromStep), d4 = v128.load(from + 4 * fromStep), d5 = v128.load(from + 5 * fromStep);
  v128.store(to, f32x4.add(multiplyAdd(times(4, d0), f32x4.splat(-5), d2), d4));
  const even = multiplyAdd(d4, f32x4.splat(-4), d2), odd = multiplyAdd(d3, f32x4.splat(-4), d1);
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  const near = f32x4.sub(d4, d2), far = times(2, f32x4.sub(d3, d1));
  v128.store(to + 3 * toStep, f32x4.add(near, far));
  v128.store(to + 4 * toStep, f32x4.sub(near, far));
  v128.store(to + 5 * toStep, f32x4.add(multiplyAdd(times(4, d1), f32x4.splat(-5), d3), d5));
}

/** y = Aᵀ·M·A of tiles first … first + count − 1; m is [36, count, channels]. */
export function transformOutput(
  m: usize, y: usize, first: i32, count: i32,
  height: i32, width: i32, channels: i32, tilesDown: i32, tilesAcross: i32, work: usize,
): void {
  const pixel: usize = channels << 2, step: usize = <usize>count * pixel, line: usize = width * pixel;
  const edge = work + 36 * VECTOR;
  for (let tile = first; tile < first + count; tile++, m += pixel) {
    const image = y + <usize>(tile / (tilesDown * tilesAcross)) * height * line;
    const row = ((tile / tilesAcross) % tilesDown) * TILE, column = (tile % tilesAcross) * TILE;
    const target = image + <usize>row * line + <usize>column * pixel;
    const rows = min(TILE, height - row), columns = min(TILE, width - column);
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      for (let j: usize = 0; j < 6; j++) outputLine(m + c + j * step, 6 * step, work + j * VECTOR, 6 * VECTOR);
      for (let i = 0; i < rows; i++) {
        const from = work + <usize>i * 6 * VECTOR, to = target + c + <usize>i * line;
        if (columns == TILE) {
          outputLine(from, VECTOR, to, pixel);
        } else {
          outputLine(from, VECTOR, edge, VECTOR);
          for (let j = 0; j < columns; j++) v128.store(to + <usize>j * pixel, v128.load(edge + <usize>j * VECTOR));
        }
      }
    }
  }
}

/** Aᵀ of 6 vectors: 4. */
// @ts-ignore: decorator
@inline
function outputLine(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const m0 = v128.load(from), m5 = v128.load(from + 5 * fromStep);
  const m1 = v128.load(from + fromStep), m2 = v128.load(from + 2 * fromStep);
  const m3 = v128.load(from + 3 * fromStep), m4 = v128.load(from + 4 * fromStep);
  const nearSum = f32x4.add(m1, m2), nearDifference = f32x4.sub(m1, m2);
  const farSum = f32x4.add(m3, m4), farDifference = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(m0, nearSum), farSum));
  v128.store(to + toStep, multiplyAdd(nearDifference, f32x4.splat(2), farDifference));
  v128.store(to + 2 * toStep, multiplyAdd(nearSum, f32x4.splat(4), farSum));
  v128.store(to + 3 * toStep, f32x4.add(multiplyAdd(nearDifference, f32x4.splat(8), farDifference), m5));
}

/** dM = A·dY·Aᵀ, the transpose of `transformOutput`: [36, count, channels]. */
export function transformOutputGradient(
  dy: usize, dm: usize, first: i32, count: i32,
  height: i32, width: i32, channels: i32, tilesDown: i32, tilesAcross: i32, work: usize,
): void {
  const pixel: usize = channels << 2, step: usize = <usize>count * pixel;
  for (let tile = first; tile < first + count; tile++, dm += pixel) {
    const image = dy + <usize>(tile / (tilesDown * tilesAcross)) * height * width * pixel;
    const row = ((tile / tilesAcross) % tilesDown) * TILE, column = (tile % tilesAcross) * TILE;
    let patch = image + (row * width + column) * pixel, line: usize = width * pixel;
    if (row + TILE > height || column + TILE > width) {
      patch = work + LINES;
      line = TILE * pixel;
      copyPatch(patch, TILE, image, row, column, height, width, pixel);
    }
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      for (let j: usize = 0; j < 4; j++) outputGradientLine(patch + c + j * pixel, line, work + j * VECTOR, 4 * VECTOR);
      for (let i: usize = 0; i < 6; i++) outputGradientLine(work + i * 4 * VECTOR, VECTOR, dm + c + i * 6 * step, step);
    }
  }
}

/** A of 4 vectors: 6. */
// @ts-ignore: decorator
@inline
function outputGradientLine(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const y0 = v128.load(from), y1 = v128.load(from + fromStep);
  const y2 = v128.load(from + 2 * fromStep), y3 = v128.load(from + 3 * fromStep);
  const even = f32x4.add(y0, y2), odd = f32x4.add(y1, y3);
  v128.store(to, y0);
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  const farEven = multiplyAdd(y0, f32x4.splat(4), y2), farOdd = multiplyAdd(times(2, y1), f32x4.splat(8), y3);
  v128.store(to + 3 * toStep, f32x4.add(farEven, farOdd));
  v128.store(to + 4 * toStep, f32x4.sub(farEven, farOdd));
  v128.store(to + 5 * toStep, y3);
}

/** A square of size×size pixels of an image, 0 where it lies outside. */
function copyPatch(
  patch: usize, size: i32, image: usize, row: i32, column: i32, height: i32, width: i32, pixel: usize,
): void {
  for (let i = row; i < row + size; i++) {
    for (let j = column; j < column + size; j++, patch += pixel) {
      const inside = u32(i) < u32(height) && u32(j) < u32(width);
      const from = image + (i * width + j) * pixel;
      for (let c: usize = 0; c < pixel; c += VECTOR) {
        v128.store(patch + c, inside ? v128.load(from + c) : f32x4.splat(0));
      }
    }
  }
}

/**
 * U = G·g·Gᵀ of `weights` = in·out filters [3, 3, weights]: [36, weights]. `turned` takes the taps in opposite order,
 * last to first.
 */
export function transformFilters(filter: usize, u: usize, weights: i32, turned: i32, work: usize): void {
  const step: usize = weights << 2;
  const origin = turned ? filter + 8 * step : filter;
  const tap: usize = turned ? -step : step;
  for (let w: usize = 0; w < step; w += VECTOR) {
    for (let j: usize = 0; j < 3; j++) filterLine(origin + w + j * tap, 3 * tap, work + j * VECTOR, 3 * VECTOR);
    for (let i: usize = 0; i < 6; i++) filterLine(work + i * 3 * VECTOR, VECTOR, u + w + i * 6 * step, step);
  }
}

/** G of 3 vectors: 6. */
// @ts-ignore: decorator
@inline
function filterLine(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const g0 = v128.load(from), g1 = v128.load(from + fromStep), g2 = v128.load(from + 2 * fromStep);
  v128.store(to, times(1 / 4, g0));
  const nearEven = times(-1 / 6, f32x4.add(g0, g2)), nearOdd = times(1 / 6, g1);
  v128.store(to + toStep, f32x4.sub(nearEven, nearOdd));
  v128.store(to + 2 * toStep, f32x4.add(nearEven, nearOdd));
  const farEven = multiplyAdd(times(1 / 24, g0), f32x4.splat(1 / 6), g2), farOdd = times(1 / 12, g1);
  v128.store(to + 3 * toStep, f32x4.add(farEven, farOdd));
  v128.store(to + 4 * toStep, f32x4.sub(farEven, farOdd));
  v128.store(to + 5 * toStep, g2);
}

/** dfilter = Gᵀ·dU·G, the transpose of `transformFilters`. */
export function transformFilterGradient(du: usize, dfilter: usize, weights: i32, work: usize): void {
  const step: usize = weights << 2;
  for (let w: usize = 0; w < step; w += VECTOR) {
    for (let j: usize = 0; j < 6; j++) filterGradientLine(du + w + j * step, 6 * step, work + j * VECTOR, 6 * VECTOR);
    for (let i: usize = 0; i < 3; i++) {
      filterGradientLine(work + i * 6 * VECTOR, VECTOR, dfilter + w + i * 3 * step, step);
    }
  }
}

/** Gᵀ of 6 vectors: 3. */
// @ts-ignore: decorator
@inline
function filterGradientLine(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const u0 = v128.load(from), u5 = v128.load(from + 5 * fromStep);
  const u1 = v128.load(from + fromStep), u2 = v128.load(from + 2 * fromStep);
  const u3 = v128.load(from + 3 * fromStep), u4 = v128.load(from + 4 * fromStep);
  const near = times(-1 / 6, f32x4.add(u1, u2)), far = f32x4.add(u3, u4);
  v128.store(to, f32x4.add(multiplyAdd(near, f32x4.splat(1 / 24), far), times(1 / 4, u0)));
  v128.store(to + toStep, multiplyAdd(times(1 / 6, f32x4.sub(u2, u1)), f32x4.splat(1 / 12), f32x4.sub(u3, u4)));
  v128.store(to + 2 * toStep, f32x4.add(multiplyAdd(near, f32x4.splat(1 / 6), far), u5));
}
