/** Pictures as PNG files. */
import { encode } from 'fast-png';
import type { RgbImage } from './image';

export function encodePng({ width, height, pixels }: RgbImage): Buffer {
  return Buffer.from(encode({ width, height, data: pixels, channels: 3, depth: 8 }));
}

/** For the `src` of an HTML image. */
export function pngDataUri(image: RgbImage): string {
  return `data:image/png;base64,${encodePng(image).toString('base64')}`;
}
