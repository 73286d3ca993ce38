/**
 * The exponential moving average of a curve as TensorBoard draws it: sₖ = w·sₖ₋₁ + (1 − w)·yₖ from s₀ = 0, divided by 1 − wᵏ, so
 * that the beginning is not drawn towards 0. What is null stays so, and is passed over.
 * @param weight 0 (as it is) … 0.99
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let sum = 0;
  let rest = 1;
  return values.map((value) => {
    if (value === null) return null;
    sum = weight * sum + (1 - weight) * value;
    rest *= weight;
    return sum / (1 - rest);
  });
}
