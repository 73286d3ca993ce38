import type { Random } from '../../../common/random';
import { GREY_LEVELS, type Picture } from './picture';

/**
 * Independent noise on every pixel and channel, clipped to the range of pixels.
 * @param standardDeviation on pixels in [0, 1]
 */
export function addGaussianNoise({ pixels }: Picture, standardDeviation: number, random: Random): Float32Array {
  const scale = standardDeviation * GREY_LEVELS;
  return Float32Array.from(pixels, (value) => Math.min(GREY_LEVELS, Math.max(0, value + scale * random.normal())));
}
