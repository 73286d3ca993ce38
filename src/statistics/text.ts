/** What is said where there is no interval. */
import type { Estimate } from './estimate';
import { LEAST_IMAGES } from './mean';

/** "no interval below 10 images" */
export function noIntervalText({ n }: Pick<Estimate, 'n'>): string {
  return n < LEAST_IMAGES ? `no interval below ${LEAST_IMAGES} images` : 'no interval: all images have the same value';
}

/** "12 images" */
export function imagesText(n: number): string {
  return n === 1 ? '1 image' : `${n} images`;
}
