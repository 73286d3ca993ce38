const SHARE = 0.2;

/**
 * The share that two maps have in common of their highest 20 % of cells, rounded, at least one. Of equal cells at the
 * limit those that come first count.
 */
export function topOverlap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const count = Math.max(1, Math.round(SHARE * a.length));
  const top = new Set(highest(a, count));
  return highest(b, count).filter((cell) => top.has(cell)).length / count;
}

function highest(values: ArrayLike<number>, count: number): number[] {
  const order = Array.from({ length: values.length }, (_, i) => i);
  return order.sort((i, j) => (values[j] as number) - (values[i] as number)).slice(0, count);
}
