/**
 * The patches a convolution's filter sees, as rows of a matrix, so that convolution is a matrix product ("im2col"),
 * and the sum of such rows back into an image ("col2im"). NHWC; a row holds [kernelHeight, kernelWidth, channels].
 */

/**
 * patches [count, kernelHeight·kernelWidth·channels] of image positions first … first + count − 1, counted through
 * batch, rows and columns of the output. What lies outside the image is 0.
 */
export function gatherPatches(
  patches: usize, x: usize, first: i32, count: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, stride: i32, top: i32, left: i32,
): void {
  const pixel = <usize>(channels << 2);
  const run = kernelWidth * channels * 4;
  for (let position = first; position < first + count; position++) {
    const column = (position % outWidth) * stride - left;
    const row = ((position / outWidth) % outHeight) * stride - top;
    const image = x + <usize>(position / (outWidth * outHeight)) * height * width * pixel;
    const from = max(0, -column);
    const to = min(kernelWidth, width - column);
    for (let k = 0; k < kernelHeight; k++) {
      const y = row + k;
      if (y < 0 || y >= height || from >= to) {
        clear(patches, run);
      } else {
        const head = <usize>from * pixel, body = <usize>(to - from) * pixel;
        clear(patches, head);
        copy(patches + head, image + <usize>(y * width + column + from) * pixel, body);
        clear(patches + head + body, run - head - body);
      }
      patches += run;
    }
  }
}

/** Adds each patch to the place in x [n, height, width, channels] that `gatherPatches` takes it from. */
export function scatterPatches(
  patches: usize, x: usize, first: i32, count: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, stride: i32, top: i32, left: i32,
): void {
  const pixel = <usize>(channels << 2);
  const run = kernelWidth * channels * 4;
  for (let position = first; position < first + count; position++) {
    const column = (position % outWidth) * stride - left;
    const row = ((position / outWidth) % outHeight) * stride - top;
    const image = x + <usize>(position / (outWidth * outHeight)) * height * width * pixel;
    const from = max(0, -column);
    const to = min(kernelWidth, width - column);
    for (let k = 0; k < kernelHeight; k++) {
      const y = row + k;
      if (y >= 0 && y < height && from < to) {
        const target = image + <usize>(y * width + column + from) * pixel;
        addTo(target, patches + <usize>from * pixel, <usize>(to - from) * pixel);
      }
      patches += run;
    }
  }
}

// @ts-ignore: decorator
@inline
function clear(target: usize, bytes: usize): void {
  const end = target + bytes;
  for (; target + 16 <= end; target += 16) v128.store(target, f32x4.splat(0));
  for (; target < end; target += 4) store<f32>(target, 0);
}

// @ts-ignore: decorator
@inline
function copy(target: usize, source: usize, bytes: usize): void {
  const end = target + bytes;
  for (; target + 16 <= end; target += 16) {
    v128.store(target, v128.load(source));
    source += 16;
  }
  for (; target < end; target += 4) {
    store<f32>(target, load<f32>(source));
    source += 4;
  }
}

// @ts-ignore: decorator
@inline
function addTo(target: usize, source: usize, bytes: usize): void {
  const end = target + bytes;
  for (; target + 16 <= end; target += 16) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    source += 16;
  }
  for (; target < end; target += 4) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    source += 4;
  }
}
