import type { Perturbation } from '../study';
import { perturb } from '.';
import type { Picture } from './picture';

export interface PerturbedBatch {
  /** 0 … 255, [n, height, width, 3]. */
  readonly pixels: Float32Array;
  /** By how much each was turned, [n]. */
  readonly degrees: Float64Array;
}

/**
 * One round of an entry of neighbouring images of the test set.
 * @param clean [n, height, width, 3]
 * @param start the first one's index in the set
 */
export function perturbBatch(
  { height, width, pixels: clean }: Picture,
  start: number,
  entry: Perturbation,
  round: number,
): PerturbedBatch {
  const size = height * width * 3;
  const pixels = new Float32Array(clean.length);
  const degrees = new Float64Array(clean.length / size);
  for (let i = 0; i < degrees.length; i++) {
    const picture = { height, width, pixels: clean.subarray(i * size, (i + 1) * size) };
    const perturbed = perturb(picture, entry, { image: start + i, round });
    pixels.set(perturbed.pixels, i * size);
    degrees[i] = perturbed.degrees;
  }
  return { pixels, degrees };
}
