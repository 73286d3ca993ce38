/**
 * Structural similarity (Wang et al. 2004) of two maps: uniform windows, sample covariance, K₁ = 0.01, K₂ = 0.03, as
 * scikit-image computes it, averaged over the windows that lie inside the map and have no masked cell.
 */
import type { FloatMap } from '../../imaging/heatmap';
import type { SimilarityMeasure } from './measure';

/** A window of 7×7 cells, scikit-image's own, needs a map that holds several: a smaller one is seen through 3×3. */
const WINDOW = 7;
const SMALL_WINDOW = 3;

/** Of values in [0, 1], to which heatmaps are brought before they are compared. */
const DATA_RANGE = 1;
const C1 = (0.01 * DATA_RANGE) ** 2;
const C2 = (0.03 * DATA_RANGE) ** 2;

export function ssimWindow({ height, width }: Pick<FloatMap, 'height' | 'width'>): number {
  return Math.min(height, width) >= 2 * WINDOW ? WINDOW : SMALL_WINDOW;
}

/**
 * @param b of the same size
 * @param mask 1 where a cell counts, [height, width]; all when absent
 * @returns undefined where no window fits
 */
export function ssim(a: FloatMap, b: FloatMap, mask?: Uint8Array): number | undefined {
  const side = ssimWindow(a);
  let [sum, count] = [0, 0];
  for (let top = 0; top + side <= a.height; top++) {
    for (let left = 0; left + side <= a.width; left++) {
      const similarity = windowSimilarity(a, b, { top, left, side }, mask);
      if (similarity === undefined) continue;
      sum += similarity;
      count++;
    }
  }
  return count === 0 ? undefined : sum / count;
}

function windowSimilarity(
  a: FloatMap,
  b: FloatMap,
  { top, left, side }: { readonly top: number; readonly left: number; readonly side: number },
  mask: Uint8Array | undefined,
): number | undefined {
  const area = side * side;
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let row = top; row < top + side; row++) {
    for (let cell = row * a.width + left; cell < row * a.width + left + side; cell++) {
      if (mask?.[cell] === 0) return undefined;
      const x = a.values[cell] as number;
      const y = b.values[cell] as number;
      sumA += x;
      sumB += y;
      squareA += x * x;
      squareB += y * y;
      product += x * y;
    }
  }
  const [meanA, meanB] = [sumA / area, sumB / area];
  const varianceA = (squareA - sumA * meanA) / (area - 1);
  const varianceB = (squareB - sumB * meanB) / (area - 1);
  const covariance = (product - sumA * meanB) / (area - 1);
  const likeness = (2 * meanA * meanB + C1) * (2 * covariance + C2);
  return likeness / ((meanA ** 2 + meanB ** 2 + C1) * (varianceA + varianceB + C2));
}

export const SSIM = {
  key: 'ssim',
  column: 'ssim',
  name: 'SSIM',
  head: 'SSIM',
  short: 'SSIM',
  description: 'Mean structural similarity of the heatmap with the clean image’s',
  quantity: 'correlation',
  shown: 'panels',
  compare: ({ unitA, unitB, mask }) => ssim(unitA, unitB, mask),
} as const satisfies SimilarityMeasure;
