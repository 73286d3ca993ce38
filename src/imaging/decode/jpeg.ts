/** Baseline and progressive JPEG. */
import { decode } from 'jpeg-js';
import type { RgbaImage } from './rgba';

/** What the decoder may take: it needs about 25 bytes a pixel. */
const MEMORY_MB = 2048;

/** @throws Error where the file is damaged or cut short; the decoder would otherwise fill the rest with grey */
export function decodeJpeg(file: Uint8Array, maxMegapixels: number): RgbaImage {
  const { width, height, data } = decode(file, {
    useTArray: true,
    tolerantDecoding: false,
    maxResolutionInMP: maxMegapixels,
    maxMemoryUsageInMB: MEMORY_MB,
  });
  return { width, height, pixels: data };
}
