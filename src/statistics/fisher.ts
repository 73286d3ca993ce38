/** Whether two shares differ by more than chance. */
import type { Share } from './estimate';

/**
 * The two-sided p-value of Fisher's exact test (Fisher 1922; two-sided as in R and SciPy: all tables with the same margins
 * that are no likelier than the one that was found). It holds for few cases and for shares near 0 and 1, where the normal
 * approximation does not. @param a @param b whole numbers, `count` at most `of`
 */
export function fisherExact(a: Share, b: Share): number {
  const of = a.of + b.of;
  const count = a.count + b.count;
  const logs = logFactorials(of);
  const log = (n: number): number => logs[n] as number;
  const choose = (n: number, k: number): number => log(n) - log(k) - log(n - k);
  const all = choose(of, count);
  const probability = (k: number): number => Math.exp(choose(a.of, k) + choose(b.of, count - k) - all);
  // Of tables that are equally likely, rounding must leave out none.
  const limit = probability(a.count) * (1 + 1e-7);
  let sum = 0;
  for (let k = Math.max(0, count - b.of); k <= Math.min(a.of, count); k++) {
    const each = probability(k);
    if (each <= limit) sum += each;
  }
  return Math.min(1, sum);
}

/** ln 0! to ln n! */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) logs[k] = (logs[k - 1] as number) + Math.log(k);
  return logs;
}
