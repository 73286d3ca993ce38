import type { SimilarityMeasure } from './measure';

/** The part of a map's cells that is its top. */
const SHARE = 0.2;

/**
 * What two maps have in common of their top 20 % of cells (rounded, at least one cell), 0 … 1.
 *
 * A cell belongs to a map's top to a degree: 1 above the limit, 0 below it, and cells that are equal to the limit share
 * the places that are left, so that no tie is broken by position. Only cells above zero can belong: where a map is zero
 * there is no attention. A map with fewer such cells than places has a top of just these.
 *
 * The overlap is Σ min(aᵢ, bᵢ) / max(Σ aᵢ, Σ bᵢ), the intersection of two fuzzy sets (Zadeh 1965) by the larger of them.
 * It is symmetric, 1 of a map with itself whatever its ties, 0 where no cell is in both tops, and without ties the usual
 * share |A ∩ B| / k. Σ aᵢ·bᵢ / k, the mean over ties that are broken at random, would be below 1 of a map with itself.
 *
 * @param b as long as `a`
 * @returns undefined where one of them has no cell above zero
 */
export function topOverlap(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  const places = Math.max(1, Math.round(SHARE * a.length));
  const topA = topOf(a, places);
  const topB = topOf(b, places);
  const larger = Math.max(topA.size, topB.size);
  if (topA.size === 0 || topB.size === 0) return undefined;
  let common = 0;
  for (let cell = 0; cell < a.length; cell++)
    common += Math.min(topA.membership(a[cell] as number), topB.membership(b[cell] as number));
  // Of shares such as 1/3 the sum may be off by the last digit.
  return Math.min(1, common / larger);
}

interface Top {
  /** The sum of memberships: the places, or the cells above zero where these are fewer. */
  readonly size: number;
  /** To what degree a cell of this value belongs, 0 … 1. */
  membership(value: number): number;
}

function topOf(values: ArrayLike<number>, places: number): Top {
  const positive = new Float64Array(values).filter((value) => value > 0).sort();
  if (positive.length <= places) return { size: positive.length, membership: (value) => Number(value > 0) };
  const limit = positive[positive.length - places] as number;
  const above = positive.length - 1 - positive.findLastIndex((value) => value === limit);
  const tied = positive.length - above - positive.indexOf(limit);
  const share = (places - above) / tied;
  return { size: places, membership: (value) => (value > limit ? 1 : value === limit ? share : 0) };
}

export const TOP_OVERLAP = {
  key: 'topOverlap',
  column: 'top_overlap',
  name: 'top-20 % overlap',
  head: 'Top 20 %',
  short: '20 %',
  description: 'Mean overlap of the hottest fifth of the heatmap with the clean image’s',
  quantity: 'share',
  shown: 'panels',
  compare: ({ a, b }) => topOverlap(a, b),
} as const satisfies SimilarityMeasure;
