import type { Random } from '../common/random';
import { GREY_LEVELS, clip, type Picture } from './picture';

/**
 * Independent noise on every pixel and channel, clipped to the range of pixels.
 * @param standardDeviation on pixels in [0, 1]
 */
export function addGaussianNoise({ pixels }: Picture, standardDeviation: number, random: Random): Float32Array {
  const scale = standardDeviation * GREY_LEVELS;
  const noise = random.normals(pixels.length);
  const noisy = new Float32Array(pixels);
  for (let i = 0; i < noisy.length; i++) noisy[i] = (noisy[i] as number) + scale * (noise[i] as number);
  return clip(noisy);
}
