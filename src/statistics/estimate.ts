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
  /** Null where n is below `intervalFrom`, where all values are the same, or where it is `withheld`. */
  readonly interval: Interval | null;
  /** From how many images on such a mean has an interval. */
  readonly intervalFrom: number;
  /** Why there is none of as many images: see `whereEnoughChange`. */
  readonly withheld?: 'fewChanges' | undefined;
}

/** Some cases of which so many are counted: predictions that are right, or that flip. */
export interface Share {
  readonly count: number;
  /** Of how many, at least one: images, or images × rounds. */
  readonly of: number;
}

/** How often something is so. */
export interface Rate extends Share {
  /** In per cent; null where there are fewer than `LEAST_IMAGES_OF_RATES` images. */
  readonly interval: Interval | null;
}

/** In per cent. */
export function percentOf({ count, of }: Share): number {
  return (100 * count) / of;
}

/** The share of so many cases that is kept in per cent. */
export function shareOfPercent(percent: number, of: number): Share {
  return { count: Math.round((percent * of) / 100), of };
}
