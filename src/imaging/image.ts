/** Pictures in memory. */
import { resample } from './resample';

/** RGB, 0 … 255, [height, width, 3]. */
export interface RgbImage {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/** The image at another size, stretched to it; as it is where it has that size. See `resample`. */
export function resizePixels(image: RgbImage, height: number, width: number): RgbImage {
  if (image.height === height && image.width === width) return image;
  const grid = { height: image.height, width: image.width, channels: 3, values: image.pixels };
  return { height, width, pixels: Uint8Array.from(resample(grid, height, width), Math.round) };
}
