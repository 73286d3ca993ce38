/**
 * How alike two heatmaps are. A new measure is a file like ssim.ts, listed here: results, tables, panels, reports and CSV
 * files follow.
 */
import { TOP_OVERLAP } from './overlap';
import { PEARSON } from './pearson';
import { SPEARMAN } from './spearman';
import { SSIM } from './ssim';

/** In the order of tables and results. */
export const SIMILARITY_MEASURES = [SPEARMAN, PEARSON, SSIM, TOP_OVERLAP] as const;
export type SimilarityKey = (typeof SIMILARITY_MEASURES)[number]['key'];
/** Null where it cannot be said: a flat map has no order of cells, a small one may hold no whole window. */
export type Similarity = Readonly<Record<SimilarityKey, number | null>>;

/** A value for each measure. */
export function ofEachSimilarity<T>(
  valueOf: (measure: (typeof SIMILARITY_MEASURES)[number]) => T,
): Record<SimilarityKey, T> {
  return Object.fromEntries(SIMILARITY_MEASURES.map((measure) => [measure.key, valueOf(measure)])) as Record<
    SimilarityKey,
    T
  >;
}
