/** What is said where there is no interval. */
import type { Estimate } from './estimate';
import { LEAST_CHANGED } from './changes';
import { LEAST_IMAGES, LEAST_IMAGES_OF_HEATMAPS } from './quantity';
import { LEAST_IMAGES_OF_RATES } from './rate';

/** "no interval below 20 images" */
export function noIntervalText({
  n,
  intervalFrom,
  withheld,
}: Pick<Estimate, 'n' | 'intervalFrom' | 'withheld'>): string {
  if (withheld === 'fewChanges') return `no interval: ${FEW_CHANGES}`;
  return n < intervalFrom ? tooFewText(intervalFrom) : 'no interval: all values are the same';
}

/** Of the movement of the predicted class's heatmaps. */
export const FEW_CHANGES = `fewer than ${LEAST_CHANGED} predictions differ`;

/** Of rates. */
export const NO_RATE_INTERVAL = tooFewText(LEAST_IMAGES_OF_RATES);

function tooFewText(least: number): string {
  return `no interval below ${least} images`;
}

/** How intervals are made, and what they were found to cover. */
export const INTERVALS_NOTE = [
  'Intervals of means are Student’s t over images, each the mean of its rounds, reaching further to the side to which values are skewed (Hall 1992).',
  'Those of rates are Wilson’s, over rounds at the number of independent cases that the variance between images is worth.',
  'By simulation they hold the mean of even values 95 times of 100; of a real model’s drops 95 times under noise of 0.1, rotations of 30° and 5 to 20 occluded pixels, and 90 times at least under weaker perturbations, whose drops are more skewed; of its heatmaps 90 times or more.',
  'Those of rates hold 92 to 98 times for a rate between 10 and 90 %, and 84 times at worst for one near 0 or 100 %, of which fewer than one case in three samples is expected.',
  `With fewer images they would not: below ${LEAST_IMAGES} for drops, ${LEAST_IMAGES_OF_HEATMAPS} for heatmaps and ${LEAST_IMAGES_OF_RATES} for rates there is none; nor is there one of how far the heatmaps of the predicted class move where fewer than ${LEAST_CHANGED} predictions differ.`,
].join(' ');

/** "12 images" */
export function imagesText(n: number): string {
  return n === 1 ? '1 image' : `${n} images`;
}
