import type { SimilarityMeasure } from './measure';
import { pearson } from './pearson';

/** Spearman's rank correlation: Pearson's of the ranks. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  return pearson(ranks(a), ranks(b));
}

/** Ranks from 1; equal values share the mean of the ranks that they take. */
export function ranks(values: ArrayLike<number>): Float64Array {
  // Numbers are sorted and then searched in a tenth of the time in which places would be sorted by their numbers.
  const sorted = new Float64Array(values).sort();
  const result = new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const value = values[i] as number;
    const first = placeOf(sorted, value);
    let end = first + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    result[i] = (first + 1 + end) / 2;
  }
  return result;
}

/** The first place of a value that is in the list. @param sorted ascending */
function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const SPEARMAN = {
  key: 'spearman',
  column: 'spearman',
  name: 'rank correlation',
  head: 'Rank corr.',
  short: 'ρ',
  description: 'Mean rank correlation (Spearman) of the heatmap with the clean image’s',
  quantity: 'correlation',
  shown: 'everywhere',
  compare: ({ a, b }) => spearman(a, b),
} as const satisfies SimilarityMeasure;
