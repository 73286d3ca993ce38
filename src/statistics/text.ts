/** What is said where there is no interval. */
import type { Estimate } from './estimate';
import { LEAST_IMAGES_OF_RATES } from './rate';

/** "no interval below 20 images" */
export function noIntervalText({ n, intervalFrom }: Pick<Estimate, 'n' | 'intervalFrom'>): string {
  return n < intervalFrom ? tooFewText(intervalFrom) : 'no interval: all values are the same';
}

/** Of rates. */
export const NO_RATE_INTERVAL = tooFewText(LEAST_IMAGES_OF_RATES);

function tooFewText(least: number): string {
  return `no interval below ${least} images`;
}

/** "12 images" */
export function imagesText(n: number): string {
  return n === 1 ? '1 image' : `${n} images`;
}
