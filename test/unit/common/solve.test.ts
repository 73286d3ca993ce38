import { expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { solvePositiveDefinite } from '../../../src/common/solve';

it('solves a system of random numbers', () => {
  const n = 12;
  const random = createRandom('solve');
  const half = Float64Array.from({ length: n * n }, () => random.normal());
  const at = (row: number, column: number): number => half[row * n + column] as number;
  const indices = Array.from({ length: n }, (_, i) => i);
  const matrix = Float64Array.from({ length: n * n }, (_, cell) =>
    indices.reduce((sum, k) => sum + at(Math.floor(cell / n), k) * at(cell % n, k), 0),
  );
  const wanted = random.normals(n);
  const right = Float64Array.from(indices, (row) =>
    indices.reduce((sum, k) => sum + (matrix[row * n + k] as number) * (wanted[k] as number), 0),
  );
  const found = solvePositiveDefinite(matrix, right);
  for (const i of indices) expect(found[i]).toBeCloseTo(wanted[i] as number, 6);
});

it('refuses a matrix that is singular or negative', () => {
  for (const matrix of [
    [1, 1, 1, 1],
    [-1, 0, 0, 1],
  ])
    expect(() => solvePositiveDefinite(Float64Array.from(matrix), new Float64Array(2))).toThrow(
      'not positive definite',
    );
});
