/** Whether so many right answers may be guesses. */

/**
 * P(X ≥ count) of a binomial distribution: how likely at least so many are by chance.
 * @param of whole, at least `count` @param share of each case, above 0 and below 1
 */
export function binomialTail(count: number, of: number, share: number): number {
  // From the far end on, so that the small terms are summed first.
  let log = of * Math.log(share);
  let sum = 0;
  for (let k = of; k >= count; k--) {
    sum += Math.exp(log);
    log += Math.log((k * (1 - share)) / ((of - k + 1) * share));
  }
  return Math.min(1, sum);
}
