/** How like the last checkpoint's a map must be to count as settled: a rank correlation. */
export const SETTLED_SPEARMAN = 0.8;

/**
 * The first epoch from which on every map is like the last one's, by rank correlation; null where only the last is, or
 * where the last is flat.
 *
 * @param points by epoch, the last one last; null where the correlation is not known, which is not alike
 */
export function settledAt(
  points: readonly { readonly epoch: number; readonly spearman: number | null }[],
): number | null {
  const unlike = points.findLastIndex(({ spearman }) => !(spearman !== null && spearman >= SETTLED_SPEARMAN));
  const first = points[unlike + 1];
  return first === undefined || first === points.at(-1) ? null : first.epoch;
}
