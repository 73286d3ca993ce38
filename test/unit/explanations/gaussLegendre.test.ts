import { expect, it } from 'vitest';
import { gaussLegendre } from '../../../src/explanations/gaussLegendre';

it('integrates polynomials exactly up to twice the number of nodes', () => {
  for (const count of [1, 2, 3, 10, 50, 500]) {
    const { nodes, weights } = gaussLegendre(count);
    expect([...nodes].sort((a, b) => a - b)).toEqual(nodes);
    for (const power of [0, 1, 2 * count - 1]) {
      const integral = nodes.reduce((sum, node, i) => sum + (weights[i] as number) * node ** power, 0);
      expect(integral).toBeCloseTo(1 / (power + 1), 12);
    }
  }
});

it('has numpy.polynomial.legendre.leggauss’s nodes, from 0 to 1', () => {
  const { nodes, weights } = gaussLegendre(3);
  [(1 - Math.sqrt(0.6)) / 2, 0.5, (1 + Math.sqrt(0.6)) / 2].forEach((node, i) =>
    expect(nodes[i]).toBeCloseTo(node, 14),
  );
  [5 / 18, 8 / 18, 5 / 18].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 14));
});
