/** Whether two means or rates differ by more than chance: a claim is made only where the interval says so. */
import { percentOf, type Estimate, type Interval, type Share } from './estimate';
import { estimateMean, meanOf } from './mean';
import { LEAST_IMAGES_OF_RATES, wilson } from './rate';
import { NORMAL_975 } from './studentT';

/** How much larger `a` is than `b`, values of the same images. @param b as long as `a`, and at least one */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>): Estimate {
  return estimateMean(Float64Array.from(a, (value, image) => value - (b[image] as number)));
}

/**
 * The same where each value is 1 or 0, such as right or wrong: the adjusted Wald interval of Bonett and Price 2012, in
 * which one image more is discordant either way. It holds where few images are discordant, where Student's t does not;
 * below as many images as a rate needs there is none.
 */
export function pairedShareDifference(a: ArrayLike<number>, b: ArrayLike<number>): Estimate {
  const n = a.length;
  const differences = Float64Array.from(a, (value, image) => value - (b[image] as number));
  const more = (differences.filter((difference) => difference > 0).length + 1) / (n + 2);
  const less = (differences.filter((difference) => difference < 0).length + 1) / (n + 2);
  const centre = more - less;
  const half = NORMAL_975 * Math.sqrt((more + less - centre ** 2) / (n + 2));
  const interval = { low: Math.max(-1, centre - half), high: Math.min(1, centre + half) };
  const intervalFrom = LEAST_IMAGES_OF_RATES;
  return { mean: meanOf(differences), n, interval: n < intervalFrom ? null : interval, intervalFrom };
}

/**
 * How much higher the first of two rates is, in per cent, of which it is not known which images they share: the hybrid
 * score interval of Newcombe 1998, method 10. Of the same images it is too wide rather than too narrow.
 */
export function rateDifferenceInterval(a: Share, b: Share): Interval {
  const [percentA, percentB] = [percentOf(a), percentOf(b)];
  const [ofA, ofB] = [wilson(a.count, a.of), wilson(b.count, b.of)];
  const difference = percentA - percentB;
  return {
    low: difference - Math.hypot(percentA - ofA.low, ofB.high - percentB),
    high: difference + Math.hypot(ofA.high - percentA, percentB - ofB.low),
  };
}

/** Whether a difference is positive by more than chance. No interval, no claim. */
export function isAboveZero(interval: Interval | null): boolean {
  return interval !== null && interval.low > 0;
}
