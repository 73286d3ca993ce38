/** What the decoders give, and how it becomes RGB. */
import type { RgbImage } from '../image';

/** RGBA, 0 … 255, [height, width, 4], colours not multiplied with alpha. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Lays the picture on white, as on a page. */
export function onWhite({ width, height, pixels }: RgbaImage): RgbImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4) {
    const alpha = pixels[from + 3] as number;
    for (let channel = 0; channel < 3; channel++) {
      const value = pixels[from + channel] as number;
      rgb[to++] = alpha === 255 ? value : Math.round(255 + ((value - 255) * alpha) / 255);
    }
  }
  return { width, height, pixels: rgb };
}
