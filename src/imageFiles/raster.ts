/** What the decoders give, and how it becomes RGB. */
import type { RgbImage } from '../imaging/image';

/** 0 … 255, [height, width, channels]: RGB, or RGBA with colours that are not multiplied with alpha. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly pixels: Uint8Array;
}

/** What transparent parts are laid on, in every format: white, as on a page. */
const BACKGROUND = 255;

export function onBackground({ width, height, channels, pixels }: Raster): RgbImage {
  if (channels === 3) return { width, height, pixels };
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4) {
    const alpha = pixels[from + 3] as number;
    for (let channel = 0; channel < 3; channel++) {
      const value = pixels[from + channel] as number;
      rgb[to++] = alpha === 255 ? value : Math.round(BACKGROUND + ((value - BACKGROUND) * alpha) / 255);
    }
  }
  return { width, height, pixels: rgb };
}
