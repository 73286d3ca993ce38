/** Baseline and progressive JPEG. */
import { decode } from 'jpeg-js';
import type { RgbaImage } from './rgba';
import { Undecodable } from './undecodable';

/** What the decoder may take: it needs about 25 bytes a pixel. */
const MEMORY_MB = 2048;

/** @throws Undecodable where the file is damaged or cut short; the decoder would otherwise fill the rest with grey */
export function decodeJpeg(file: Uint8Array, maxMegapixels: number): RgbaImage {
  try {
    const { width, height, data } = decode(file, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: maxMegapixels,
      maxMemoryUsageInMB: MEMORY_MB,
    });
    return { width, height, pixels: data };
  } catch (error) {
    throw new Undecodable(reasonOf(error as Error), error);
  }
}

const REASONS: readonly (readonly [library: RegExp, found: string])[] = [
  [/color mode/, 'a number of colour channels that is not read'],
  [/single frame/, 'a JPEG of several frames'],
  [/limit exceeded|allocate/, 'a picture that needs too much memory'],
];

function reasonOf({ message }: Error): string {
  return REASONS.find(([library]) => library.test(message))?.[1] ?? 'damaged data';
}
