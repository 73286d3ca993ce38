/**
 * dx [batch, height, width, channels] += dy at the largest value of each window, the first where several are equal.
 * Windows may reach over the edge of the image.
 */
export function maxPoolGradient(
  x: usize, dy: usize, dx: usize, batch: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, stride: i32, top: i32, left: i32,
): void {
  for (let n = 0; n < batch; n++) {
    const image = n * height * width;
    for (let oy = 0; oy < outHeight; oy++) {
      const row = oy * stride - top;
      const firstRow = max(0, row), lastRow = min(height, row + kernelHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const column = ox * stride - left;
        const firstColumn = max(0, column), lastColumn = min(width, column + kernelWidth);
        for (let c = 0; c < channels; c++, dy += 4) {
          let place = ((image + firstRow * width + firstColumn) * channels + c) << 2;
          let best = load<f32>(x + place);
          for (let y = firstRow; y < lastRow; y++) {
            for (let z = firstColumn; z < lastColumn; z++) {
              const at = ((image + y * width + z) * channels + c) << 2;
              const value = load<f32>(x + at);
              if (value > best) {
                best = value;
                place = at;
              }
            }
          }
          const target = dx + place;
          store<f32>(target, load<f32>(target) + load<f32>(dy));
        }
      }
    }
  }
}
