/**
 * By how much a label's logit is ahead of the others, above 0 where the label is predicted: the first of equal logits is,
 * as `argMax` has it.
 */
export function margin(logits: ArrayLike<number>, label: number): number {
  let best = -Infinity;
  let isBefore = false;
  for (let i = 0; i < logits.length; i++) {
    const value = logits[i] as number;
    if (i === label || value <= best) continue;
    best = value;
    isBefore = i < label;
  }
  const ahead = (logits[label] as number) - best;
  return ahead === 0 && !isBefore ? Number.MIN_VALUE : ahead;
}
