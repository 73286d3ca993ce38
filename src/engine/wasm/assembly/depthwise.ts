/**
 * Depthwise convolution, one filter a channel, and its two gradients. NHWC; filters are [kernelHeight, kernelWidth,
 * channels]. Taps that fall outside the image are left out of the loops rather than multiplied by zero: on the 1×1 and
 * 2×2 maps at the end of a network most of a filter does.
 */
import { loadLanes, multiplyAdd, storeLanes } from './lanes';

/** y [n, outHeight, outWidth, channels] */
export function depthwiseForward(
  x: usize, filter: usize, y: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, stride: i32, top: i32, left: i32,
): void {
  const pixel = channels << 2;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const row = oy * stride - top;
      const firstRow = max(0, -row), rows = min(kernelHeight, height - row) - firstRow;
      for (let ox = 0; ox < outWidth; ox++) {
        const column = ox * stride - left;
        const firstColumn = max(0, -column), columns = min(kernelWidth, width - column) - firstColumn;
        sumTaps(
          y, channels, rows, columns,
          x + ((row + firstRow) * width + column + firstColumn) * pixel, width * pixel, pixel,
          filter + (firstRow * kernelWidth + firstColumn) * pixel, kernelWidth * pixel, pixel,
        );
        y += pixel;
      }
    }
    x += height * width * pixel;
  }
}

/** dx [n, height, width, channels]: each pixel gathers from the outputs it took part in, so that nothing is added up in memory. */
export function depthwiseInputGradient(
  dy: usize, filter: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, stride: i32, top: i32, left: i32,
): void {
  const pixel = channels << 2;
  for (let n = 0; n < batch; n++) {
    for (let iy = 0; iy < height; iy++) {
      const firstRow = firstTap(iy + top, outHeight, stride);
      const outRow = (iy + top - firstRow) / stride;
      const rows = min(outRow + 1, tapCount(firstRow, kernelHeight, stride));
      for (let ix = 0; ix < width; ix++) {
        const firstColumn = firstTap(ix + left, outWidth, stride);
        const outColumn = (ix + left - firstColumn) / stride;
        const columns = min(outColumn + 1, tapCount(firstColumn, kernelWidth, stride));
        sumTaps(
          dx, channels, rows, columns,
          dy + (outRow * outWidth + outColumn) * pixel, -outWidth * pixel, -pixel,
          filter + (firstRow * kernelWidth + firstColumn) * pixel, stride * kernelWidth * pixel, stride * pixel,
        );
        dx += pixel;
      }
    }
    dy += outHeight * outWidth * pixel;
  }
}

/** The first tap that joins a padded input position to an output that exists: position − tap is a multiple of the stride. */
// @ts-ignore: decorator
@inline
function firstTap(position: i32, outSize: i32, stride: i32): i32 {
  return max(position % stride, position - (outSize - 1) * stride);
}

// @ts-ignore: decorator
@inline
function tapCount(first: i32, kernel: i32, stride: i32): i32 {
  return (kernel - first + stride - 1) / stride;
}

/** out [channels] = Σ over rows × columns taps of source·filter; steps in bytes, and maybe negative. */
function sumTaps(
  out: usize, channels: i32, rows: i32, columns: i32,
  source: usize, sourceRow: i32, sourceColumn: i32,
  filter: usize, filterRow: i32, filterColumn: i32,
): void {
  const end = out + (channels << 2);
  for (; out + 64 <= end; out += 64, source += 64, filter += 64) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let sourceLine = source, filterLine = filter;
    for (let r = 0; r < rows; r++) {
      let a = sourceLine, b = filterLine;
      for (let c = 0; c < columns; c++) {
        s0 = multiplyAdd(s0, v128.load(a), v128.load(b));
        s1 = multiplyAdd(s1, v128.load(a, 16), v128.load(b, 16));
        s2 = multiplyAdd(s2, v128.load(a, 32), v128.load(b, 32));
        s3 = multiplyAdd(s3, v128.load(a, 48), v128.load(b, 48));
        a += sourceColumn;
        b += filterColumn;
      }
      sourceLine += sourceRow;
      filterLine += filterRow;
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  for (; out + 16 <= end; out += 16, source += 16, filter += 16) {
    sumLanes(out, rows, columns, source, sourceRow, sourceColumn, filter, filterRow, filterColumn, true);
  }
  for (; out < end; out += 4, source += 4, filter += 4) {
    sumLanes(out, rows, columns, source, sourceRow, sourceColumn, filter, filterRow, filterColumn, false);
  }
}

// @ts-ignore: decorator
@inline
function sumLanes(
  out: usize, rows: i32, columns: i32,
  source: usize, sourceRow: i32, sourceColumn: i32,
  filter: usize, filterRow: i32, filterColumn: i32,
  full: bool,
): void {
  let sum = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    let a = source + r * sourceRow, b = filter + r * filterRow;
    for (let c = 0; c < columns; c++) {
      sum = multiplyAdd(sum, loadLanes(a, full), loadLanes(b, full));
      a += sourceColumn;
      b += filterColumn;
    }
  }
  storeLanes(out, sum, full);
}

/** dfilter [kernelHeight, kernelWidth, channels], row of outputs by row of outputs, so that what is read stays in the cache. */
export function depthwiseFilterGradient(
  x: usize, dy: usize, dfilter: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, stride: i32, top: i32, left: i32,
): void {
  const pixel = channels << 2;
  memory.fill(dfilter, 0, kernelHeight * kernelWidth * pixel);
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const row = oy * stride - top;
      const lastRow = min(kernelHeight, height - row);
      for (let ky = max(0, -row); ky < lastRow; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          // Outputs whose column under this tap, ox·stride + kx − left, lies in [0, width).
          const from = max(0, (left - kx + stride - 1) / stride);
          const to = min(outWidth, (width - 1 + left - kx) / stride + 1);
          if (from >= to || width - 1 + left - kx < 0) continue;
          addProducts(
            dfilter + (ky * kernelWidth + kx) * pixel, channels, to - from,
            dy + from * pixel, pixel,
            x + ((row + ky) * width + from * stride + kx - left) * pixel, stride * pixel,
          );
        }
      }
      dy += outWidth * pixel;
    }
    x += height * width * pixel;
  }
}

/** out [channels] += Σ over count positions of a·b; steps in bytes. */
function addProducts(out: usize, channels: i32, count: i32, a: usize, aStep: i32, b: usize, bStep: i32): void {
  const end = out + (channels << 2);
  for (; out + 64 <= end; out += 64, a += 64, b += 64) {
    let s0 = v128.load(out), s1 = v128.load(out, 16), s2 = v128.load(out, 32), s3 = v128.load(out, 48);
    let pa = a, pb = b;
    for (let i = 0; i < count; i++) {
      s0 = multiplyAdd(s0, v128.load(pa), v128.load(pb));
      s1 = multiplyAdd(s1, v128.load(pa, 16), v128.load(pb, 16));
      s2 = multiplyAdd(s2, v128.load(pa, 32), v128.load(pb, 32));
      s3 = multiplyAdd(s3, v128.load(pa, 48), v128.load(pb, 48));
      pa += aStep;
      pb += bStep;
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  for (; out + 16 <= end; out += 16, a += 16, b += 16) addProductLanes(out, count, a, aStep, b, bStep, true);
  for (; out < end; out += 4, a += 4, b += 4) addProductLanes(out, count, a, aStep, b, bStep, false);
}

// @ts-ignore: decorator
@inline
function addProductLanes(out: usize, count: i32, a: usize, aStep: i32, b: usize, bStep: i32, full: bool): void {
  let sum = loadLanes(out, full);
  let pa = a, pb = b;
  for (let i = 0; i < count; i++) {
    sum = multiplyAdd(sum, loadLanes(pa, full), loadLanes(pb, full));
    pa += aStep;
    pb += bStep;
  }
  storeLanes(out, sum, full);
}
