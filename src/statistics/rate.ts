/** Rates over images, with their intervals. */
import type { Interval, Rate } from './estimate';
import { NORMAL_975 } from './studentT';

/**
 * Wilson 1927, in per cent, for independent cases.
 * @param count of `of` @param of at least one; of clustered cases, how many independent ones they are worth
 */
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
  return { count, of, interval: wilson(count, of) };
}

/**
 * A rate over images with as many rounds each, which are no independent cases: so many are taken as the variance
 * between images says.
 * @param counts an image each, of `rounds`
 */
export function estimateClusteredRate(counts: ArrayLike<number>, rounds: number): Rate {
  const { length } = counts;
  let count = 0;
  for (let i = 0; i < length; i++) count += counts[i] as number;
  const of = length * rounds;
  const share = count / of;
  let squares = 0;
  for (let i = 0; i < length; i++) squares += ((counts[i] as number) / rounds - share) ** 2;
  const binomial = share * (1 - share);
  const effective = squares === 0 ? length : Math.min(of, (binomial * length * (length - 1)) / squares);
  return { count, of, interval: rounds === 1 ? wilson(count, of) : wilson(share * effective, effective) };
}
