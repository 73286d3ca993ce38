/** Images by what they are: kept maps and numbers are found by it. */
import { createHash } from 'node:crypto';
import type { ImageToExplain } from './explain';
import type { TargetClass } from './target';

/** An image, and the hash of its pixels: see {@link imageHash}. */
export interface HashedImage {
  readonly image: ImageToExplain;
  readonly hash: string;
  /** Whose map a method of the input's resolution makes; absent: the predicted class's. A layer's are of all classes. */
  readonly target?: TargetClass | undefined;
}

/** What an image is, by its pixels alone: the same picture under another name has the same maps. */
export function imageHash({ height, width, pixels }: Pick<ImageToExplain, 'height' | 'width' | 'pixels'>): string {
  return createHash('sha256').update(`${height}×${width}:`).update(pixels).digest('hex');
}

export function hashedImage(image: ImageToExplain): HashedImage {
  return { image, hash: imageHash(image) };
}

/** Of pixels, labels and masks, in their order. */
export function hashInOrder(images: readonly HashedImage[]): string {
  const all = createHash('sha256');
  for (const { hash, image } of images) {
    all.update(`${hash}:${String(image.label)}:`);
    if (image.mask !== undefined) all.update(image.mask);
  }
  return all.digest('hex');
}
