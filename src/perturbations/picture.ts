/** An image as it is perturbed. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [height, width, 3]. What is perturbed is not rounded to grey levels, as PyTorch's floats are not. */
  readonly pixels: Uint8Array | Float32Array;
}

export const GREY_LEVELS = 255;

/** Brings values to 0 … 255, in place. */
export function clip(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.min(GREY_LEVELS, Math.max(0, values[i] as number));
  return values;
}

/** The mean of red, green and blue over a rectangle of pixels, by default all of them. */
export function meanColour(
  { height, width, pixels }: Picture,
  { top = 0, left = 0, bottom = height, right = width } = {},
): readonly number[] {
  const sums = [0, 0, 0];
  for (let row = top; row < bottom; row++) {
    for (let value = (row * width + left) * 3; value < (row * width + right) * 3; value++) {
      const channel = value % 3;
      sums[channel] = (sums[channel] as number) + (pixels[value] as number);
    }
  }
  const area = (bottom - top) * (right - left);
  return sums.map((sum) => sum / area);
}
