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
