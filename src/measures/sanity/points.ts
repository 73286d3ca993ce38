/** From each image's agreement to what is said of all of them. */
import { meanOf, type Estimate, type Interval, type Resampler } from '../../statistics';
import { differenceOf, meanOverDraws, summarise, type Agreements } from './agreement';
import type { Agreement, Verdict } from './numbers';

/**
 * Maps are taken for alike where their rank correlation before ReLU is at least half of what it is of a map with itself.
 * Adebayo et al. 2018 judge by eye and name no number: this one makes the judgement repeatable.
 */
export const ALIKE_FROM = 0.5;

/** Of pairs of maps, and of the same trained maps with random ones, a draw each. */
export interface Compared {
  readonly pairs: Agreements;
  readonly chance: Agreements;
}

interface BesideChance extends Agreement {
  readonly chance: Agreement;
  readonly aboveChance: Estimate | null;
  readonly verdict: Verdict;
}

/** @param draws one at least */
export function besideChance(draws: readonly Compared[], resampler: Resampler): BesideChance {
  const pairs = meanOverDraws(draws.map((draw) => draw.pairs));
  const chance = meanOverDraws(draws.map((draw) => draw.chance));
  const agreement = summarise(pairs, resampler);
  return {
    ...agreement,
    chance: summarise(chance, resampler),
    aboveChance: differenceOf(pairs.signed, chance.signed, resampler),
    verdict: verdictOf(agreement.signed),
  };
}

export function verdictOf(signed: Estimate | null): Verdict {
  const interval = signed && (signed.interval ?? pointOf(signed));
  if (interval === null) return 'undecided';
  if (interval.high < ALIKE_FROM) return 'different';
  return interval.low >= ALIKE_FROM ? 'alike' : 'undecided';
}

/** Of images enough that are all the same, as those of equal weights, the mean is the interval. */
function pointOf({ n, intervalFrom, mean }: Estimate): Interval | null {
  return n < intervalFrom ? null : { low: mean, high: mean };
}

/** The mean of `signed` over images; null where none is known. */
export function meanOfDraw({ pairs }: Compared): number | null {
  const known = pairs.signed.filter((value) => value !== null);
  return known.length === 0 ? null : meanOf(known);
}
