/** Draws from the beta distribution, and from its kin of several shares. */
import type { Random } from './random';

/**
 * A draw from Beta(α, α), in [0, 1]: X / (X + Y) of two gamma draws. Their logarithms are compared, as for a small α the
 * draws themselves are nought in float64.
 * @param alpha more than 0
 */
export function symmetricBeta(random: Random, alpha: number): number {
  return 1 / (1 + Math.exp(logGamma(random, alpha) - logGamma(random, alpha)));
}

/** A draw from the Dirichlet distribution of `count` parameters α: shares that sum to 1. @param alpha more than 0 */
export function symmetricDirichlet(random: Random, alpha: number, count: number): number[] {
  const logs = Array.from({ length: count }, () => logGamma(random, alpha));
  const most = Math.max(...logs);
  const draws = logs.map((log) => Math.exp(log - most));
  const sum = draws.reduce((a, b) => a + b, 0);
  return draws.map((draw) => draw / sum);
}

/** The logarithm of a draw from Gamma(α, 1): Marsaglia and Tsang 2000, who take an α below 1 back to α + 1. */
function logGamma(random: Random, alpha: number): number {
  if (alpha < 1) return logGamma(random, alpha + 1) + Math.log(1 - random.uniform()) / alpha;
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.uniform()) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}
