import type { SimilarityMeasure } from './measure';

/**
 * Pearson's correlation coefficient, or undefined where one side is the same everywhere: there is no correlation then.
 * @param b as long as `a`
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  const { length } = a;
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < length; i++) {
    sumA += a[i] as number;
    sumB += b[i] as number;
  }
  let [squareA, squareB, product] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const x = (a[i] as number) - sumA / length;
    const y = (b[i] as number) - sumB / length;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  if (!(squareA > 0 && squareB > 0)) return undefined;
  return Math.min(1, Math.max(-1, product / Math.sqrt(squareA * squareB)));
}

export const PEARSON = {
  key: 'pearson',
  column: 'pearson',
  name: 'linear correlation',
  head: 'Pearson',
  short: 'r',
  description: 'Mean linear correlation (Pearson) of the heatmap with the clean image’s',
  quantity: 'correlation',
  shown: 'files',
  compare: ({ a, b }) => pearson(a, b),
} as const satisfies SimilarityMeasure;
