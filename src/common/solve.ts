/**
 * The solution of a symmetric positive definite system, by Cholesky's decomposition.
 * @param matrix [n · n], row by row @param right [n] @throws where the matrix is not positive definite
 */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column] as number;
      for (let k = 0; k < column; k++) sum -= (lower[row * n + k] as number) * (lower[column * n + k] as number);
      if (row === column && !(sum > 0)) throw new Error('the matrix is not positive definite');
      lower[row * n + column] = row === column ? Math.sqrt(sum) : sum / (lower[column * n + column] as number);
    }
  }
  const solution = right.slice();
  for (let row = 0; row < n; row++) {
    let sum = solution[row] as number;
    for (let k = 0; k < row; k++) sum -= (lower[row * n + k] as number) * (solution[k] as number);
    solution[row] = sum / (lower[row * n + row] as number);
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = solution[row] as number;
    for (let k = row + 1; k < n; k++) sum -= (lower[k * n + row] as number) * (solution[k] as number);
    solution[row] = sum / (lower[row * n + row] as number);
  }
  return solution;
}
