/** From a model's logits to what it says. Pure: panels use it too. */

/** e^(z − max z) over its sum, in double precision. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const largest = Math.max(...values);
  const exponentials = values.map((value) => Math.exp(value - largest));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}

/** Of equal ones the first; −1 where any is no finite number, of which nothing can be said. */
export function indexOfLargest(values: ArrayLike<number>): number {
  let best = values.length === 0 ? -1 : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) return -1;
    if (value > (values[best] as number)) best = i;
  }
  return best;
}

/** Whether all are finite numbers. */
export function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
