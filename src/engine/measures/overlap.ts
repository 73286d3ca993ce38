const SHARE = 0.2;

/**
 * The share that two maps have in common of their highest 20 % of cells, rounded, at least one. Of equal cells at the
 * limit those that come first count.
 */
export function topOverlap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const count = Math.max(1, Math.round(SHARE * a.length));
  const [ofA, ofB] = [highest(a, count), highest(b, count)];
  let common = 0;
  for (let cell = 0; cell < ofA.length; cell++) common += (ofA[cell] as number) & (ofB[cell] as number);
  return common / count;
}

/** 1 at the highest cells, else 0. */
function highest(values: ArrayLike<number>, count: number): Uint8Array {
  const sorted = new Float64Array(values).sort();
  const limit = sorted[sorted.length - count] as number;
  const chosen = new Uint8Array(values.length);
  let left = count;
  const choose = (cell: number): void => {
    chosen[cell] = 1;
    left--;
  };
  for (let cell = 0; cell < chosen.length; cell++) if ((values[cell] as number) > limit) choose(cell);
  for (let cell = 0; cell < chosen.length && left > 0; cell++) if (values[cell] === limit) choose(cell);
  return chosen;
}
