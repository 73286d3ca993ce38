/** What stands out among several, claimed only where it does so by more than chance. */
import { isAboveZero, type Estimate } from '../statistics';

export interface Outstanding<T> {
  /** Of the largest value; of equal ones the last. */
  readonly first: T;
  /** Those from which it cannot be told: an interval of the difference holds 0, or there is no difference in any image. */
  readonly alike: readonly T[];
  /** Those of which it is not known, as there is no interval: over how few images they can be compared. */
  readonly unknown: readonly { readonly candidate: T; readonly images: number }[];
}

/** By how much one is larger than another, over the images that both were measured on. */
export type Difference = Pick<Estimate, 'mean' | 'n' | 'interval' | 'intervalFrom'>;

/** @param candidates at least one @param differenceOf by how much the first is larger */
export function largest<T>(
  candidates: readonly T[],
  valueOf: (candidate: T) => number,
  differenceOf: (a: T, b: T) => Difference,
): Outstanding<T> {
  const first = candidates.reduce((a, b) => (valueOf(b) >= valueOf(a) ? b : a));
  const alike: T[] = [];
  const unknown: { candidate: T; images: number }[] = [];
  for (const candidate of candidates.filter((other) => other !== first)) {
    const difference = differenceOf(first, candidate);
    if (isUnknown(difference)) unknown.push({ candidate, images: difference.n });
    else if (!isApart(difference)) alike.push(candidate);
  }
  return { first, alike, unknown };
}

function isUnknown({ interval, n, intervalFrom }: Difference): boolean {
  return interval === null && n < intervalFrom;
}

/** Where there is no interval for enough images, they all differ by the same. */
function isApart({ interval, mean }: Difference): boolean {
  return interval === null ? mean > 0 : isAboveZero(interval);
}
