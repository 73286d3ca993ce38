/** A rule for integrals from 0 to 1: points, and their weights, which sum to 1. */
export interface Quadrature {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The Gauss-Legendre rule: exact for polynomials up to degree 2 · count − 1. Its nodes are the zeros of Legendre's
 * polynomial, found by Newton's method from Tricomi's approximation (as in Press et al., Numerical Recipes, `gauleg`).
 * @param count at least 1 @returns nodes in ascending order
 */
export function gaussLegendre(count: number): Quadrature {
  const [nodes, weights]: [number[], number[]] = [[], []];
  for (let i = count; i > 0; i--) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (count + 0.5));
    let { value, slope } = legendre(count, x);
    while (Math.abs(value / slope) > 1e-15) {
      x -= value / slope;
      ({ value, slope } = legendre(count, x));
    }
    nodes.push((x + 1) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/** Legendre's polynomial of a degree at x, strictly between −1 and 1, and its derivative. */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
