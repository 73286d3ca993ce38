/** What is said where there is no interval. */
import type { Estimate } from './estimate';
import { LEAST_IMAGES, LEAST_IMAGES_OF_HEATMAPS } from './quantity';
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

/** How intervals are made, and what they were found to cover. */
export const INTERVALS_NOTE = [
  'Intervals of means are Student’s t over images, each the mean of its rounds, reaching further to the side to which values are skewed (Hall 1992).',
  'Those of rates are Wilson’s, over rounds at the number of independent cases that the variance between images is worth.',
  'By simulation they hold the mean of even values 95 times of 100, of drops as skewed as a real model’s 90 times or more (95 times under noise, rotation and occlusion), of heatmaps 90 times or more.',
  `With fewer images they would not: below ${LEAST_IMAGES} for drops, ${LEAST_IMAGES_OF_HEATMAPS} for heatmaps and ${LEAST_IMAGES_OF_RATES} for rates there is none.`,
].join(' ');

/** "12 images" */
export function imagesText(n: number): string {
  return n === 1 ? '1 image' : `${n} images`;
}
