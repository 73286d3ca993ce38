/** Sensitivity (Yeh et al. 2019): how far a map moves where the image hardly does. */
import { createRandom } from '../../common/random';

/** Each value of a pixel moves by up to so much of the values' range. */
export const NOISE_RADIUS = 0.02;
export const NOISE_DRAWS = 10;

/** An image under even noise, which is not cut off. @param key what the draw follows from @param range of the pixels' values */
export function noisyImage(pixels: ArrayLike<number>, key: readonly (string | number)[], range: number): Float32Array {
  const random = createRandom('sensitivity', ...key);
  const radius = NOISE_RADIUS * range;
  return Float32Array.from(pixels, (value) => value + random.uniform(-radius, radius));
}

/** ‖b − a‖ / ‖a‖; null where `a` is nought everywhere. */
export function relativeChange(a: Float32Array, b: Float32Array): number | null {
  let [difference, norm] = [0, 0];
  a.forEach((value, at) => {
    difference += ((b[at] as number) - value) ** 2;
    norm += value ** 2;
  });
  return norm > 0 ? Math.sqrt(difference / norm) : null;
}
