/** Rates over images, with their intervals. */
import { shareOfPercent, type Interval, type Rate } from './estimate';
import { NORMAL_975, studentT975 } from './studentT';

/**
 * Below so many images a rate has no interval. From there on Wilson's covers 0.953 on average over all rates, 0.926 to
 * 0.981 for one between 10 and 90 %; as every interval of counts it covers less, 0.84 at worst, where fewer than one case
 * in three such samples is expected.
 */
export const LEAST_IMAGES_OF_RATES = 20;

/** Wilson 1927, in per cent, for independent cases. @param of at least one */
export function wilson(count: number, of: number): Interval {
  const share = count / of;
  const z2 = NORMAL_975 ** 2 / of;
  const centre = share + z2 / 2;
  const half = NORMAL_975 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of));
  const scale = 100 / (1 + z2);
  return { low: Math.max(0, scale * (centre - half)), high: Math.min(100, scale * (centre + half)) };
}

/** A rate over images that are each one case. */
export function estimateRate(count: number, of: number): Rate {
  return { count, of, interval: of < LEAST_IMAGES_OF_RATES ? null : wilson(count, of) };
}

/**
 * An accuracy that is kept in per cent of so many images.
 * @param percent null where it was not measured @param of undefined where it is not known: then neither is the count
 */
export function rateOfPercent(percent: number | null | undefined, of: number | undefined): Rate | undefined {
  if (percent === null || percent === undefined || of === undefined) return undefined;
  return estimateRate(shareOfPercent(percent, of).count, of);
}

/**
 * A rate over images with as many rounds each: rounds of an image are no independent cases.
 * @param counts of each image, in how many of its rounds it is so
 */
export function estimateClusteredRate(counts: ArrayLike<number>, rounds: number): Rate {
  const images = counts.length;
  let count = 0;
  for (let i = 0; i < images; i++) count += counts[i] as number;
  if (rounds === 1) return estimateRate(count, images);
  const of = images * rounds;
  const effective = effectiveSize(counts, rounds, count / of);
  const interval = images < LEAST_IMAGES_OF_RATES ? null : wilson((count / of) * effective, effective);
  return { count, of, interval };
}

/**
 * How many independent cases say as much, by the variance between images: Korn and Graubard 1998, "Confidence intervals
 * for proportions with small expected number of positive counts estimated from survey data". At most as many as there are
 * cases; where all images are alike, nothing is known of their variance, and each is one.
 */
function effectiveSize(counts: ArrayLike<number>, rounds: number, share: number): number {
  const images = counts.length;
  let squares = 0;
  for (let i = 0; i < images; i++) squares += ((counts[i] as number) / rounds - share) ** 2;
  if (squares === 0) return images;
  const ofMean = squares / (images - 1) / images;
  const ofDegrees = (NORMAL_975 / studentT975(images - 1)) ** 2;
  return Math.min(images * rounds, ((share * (1 - share)) / ofMean) * ofDegrees);
}
