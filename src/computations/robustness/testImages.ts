/** The images that a perturbation is measured on: the first so many of the test set. */
import { hashOfFirst, type ImageSource } from '../../datasets';
import type { Perturbation } from '../../perturbations';

/** How many: those asked for, or as many as there are. */
export function imageCount({ images }: Perturbation, { count }: ImageSource): number {
  return Math.min(images ?? count, count);
}

const HASHES = new WeakMap<ImageSource, Map<number, string>>();

/** Of the first so many images of a set. A set is hashed once: it does not change in memory. */
export function hashImages(set: ImageSource, count: number): string {
  const ofSet = HASHES.get(set) ?? new Map<number, string>();
  HASHES.set(set, ofSet);
  const hash = ofSet.get(count) ?? hashOfFirst(set, count);
  ofSet.set(count, hash);
  return hash;
}
