/** The images that a perturbation is measured on: the first so many of the test set. */
import { createHash } from 'node:crypto';
import type { ImageSet } from '../../datasets';
import type { Perturbation } from '../../perturbations';

/** How many: those asked for, or as many as there are. */
export function imageCount({ images }: Perturbation, { count }: ImageSet): number {
  return Math.min(images ?? count, count);
}

const HASHES = new WeakMap<ImageSet, Map<number, string>>();

/** Of the first so many images of a set. A set is hashed once: it does not change in memory. */
export function hashImages(set: ImageSet, count: number): string {
  const ofSet = HASHES.get(set) ?? new Map<number, string>();
  HASHES.set(set, ofSet);
  const hash = ofSet.get(count) ?? computeHash(set, count);
  ofSet.set(count, hash);
  return hash;
}

function computeHash({ height, width, pixels, labels }: ImageSet, count: number): string {
  return createHash('sha256')
    .update(`${count}×${height}×${width}:`)
    .update(pixels.subarray(0, count * height * width * 3))
    .update(labels.subarray(0, count))
    .digest('hex');
}
