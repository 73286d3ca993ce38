/** What stands out among several, claimed only where it does so by more than chance. */
import { isAboveZero, type Estimate } from '../statistics';

export interface Outstanding<T> {
  /** Of the largest value; of equal ones the last. */
  readonly first: T;
  /** Those from which it cannot be told: where there are none, it is the largest beyond chance. */
  readonly alike: readonly T[];
}

/**
 * @param candidates at least one
 * @param differenceOf by how much the first is larger, over the images that both were measured on; null where it is not
 * known
 */
export function largest<T>(
  candidates: readonly T[],
  valueOf: (candidate: T) => number,
  differenceOf: (a: T, b: T) => Pick<Estimate, 'interval'> | null,
): Outstanding<T> {
  const first = candidates.reduce((a, b) => (valueOf(b) >= valueOf(a) ? b : a));
  const alike = candidates.filter((other) => {
    if (other === first) return false;
    return !isAboveZero(differenceOf(first, other)?.interval ?? null);
  });
  return { first, alike };
}
