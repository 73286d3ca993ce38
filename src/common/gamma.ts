/** Draws from the gamma distribution and those that follow from it. */
import type { Random } from './random';

/**
 * From the gamma distribution of scale 1 (Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; below a
 * shape of 1 by the power of a uniform draw, as given there).
 * @param shape above 0
 */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** From the Dirichlet distribution of `count` equal parameters: shares that sum to 1. */
export function drawDirichlet(alpha: number, count: number, random: Random): number[] {
  const draws = Array.from({ length: count }, () => drawGamma(alpha, random));
  const sum = draws.reduce((a, b) => a + b, 0);
  return draws.map((each) => each / sum);
}

/** From the beta distribution of two equal parameters: in [0, 1]. */
export function drawBeta(alpha: number, random: Random): number {
  return drawDirichlet(alpha, 2, random)[0] as number;
}
