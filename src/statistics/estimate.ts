/** What is measured over images: means and rates, and the intervals that they may lie in. */

/** A 95 % confidence interval, in the unit of what it is of. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A mean over images. */
export interface Estimate {
  readonly mean: number;
  /** Images: of one with several rounds, the mean over its rounds is one value. */
  readonly n: number;
  /** Null where there are too few images for one, or where the method does not hold. */
  readonly interval: Interval | null;
}

/** How often something is so: predictions that are right, or that flip. */
export interface Rate {
  readonly count: number;
  /** Of how many, at least one: images, or images × rounds. */
  readonly of: number;
  /** In per cent; null as an estimate's. */
  readonly interval: Interval | null;
}

/** A rate in per cent. */
export function percentOf({ count, of }: Pick<Rate, 'count' | 'of'>): number {
  return (100 * count) / of;
}
