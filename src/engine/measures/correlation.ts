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

/** Spearman's rank correlation: Pearson's of the ranks. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  return pearson(ranks(a), ranks(b));
}

/** Ranks from 1; equal values share the mean of the ranks that they take. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i);
  order.sort((i, j) => (values[i] as number) - (values[j] as number));
  const result = new Float64Array(values.length);
  let first = 0;
  while (first < order.length) {
    let end = first + 1;
    while (end < order.length && values[order[end] as number] === values[order[first] as number]) end++;
    for (let place = first; place < end; place++) result[order[place] as number] = (first + 1 + end) / 2;
    first = end;
  }
  return result;
}
