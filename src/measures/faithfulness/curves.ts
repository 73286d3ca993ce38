/** Deletion and insertion (Petsiuk et al. 2018): the images, and the area under what is made of them. */
/** Of the pixels, from none to all. */
export const CURVE_STEPS = 20;

/** Shares of the pixels at which a curve is taken, 0 … 1. */
export function curveShares(steps = CURVE_STEPS): number[] {
  return Array.from({ length: steps + 1 }, (_, step) => step / steps);
}

/**
 * The images between the two ends of a curve: `steps − 1` of them, in the first round(n·s/steps) pixels of an order `to`,
 * and elsewhere `from`. Of deletion from the image to black, of insertion from the blurred image to the image.
 * @param from [pixels, 3] @param to as long @param order pixels, greatest first @param into [steps − 1, pixels, 3]
 */
export function drawCurve(
  from: Float32Array,
  to: Float32Array,
  order: Uint32Array,
  into: Float32Array,
  steps = CURVE_STEPS,
): void {
  const current = from.slice();
  let done = 0;
  for (let step = 1; step < steps; step++) {
    const count = Math.round((order.length * step) / steps);
    for (; done < count; done++) {
      const at = 3 * (order[done] as number);
      for (let channel = at; channel < at + 3; channel++) current[channel] = to[channel] as number;
    }
    into.set(current, (step - 1) * current.length);
  }
}

/** By the trapezoidal rule, over shares 0 … 1 that are evenly apart. */
export function areaUnder(curve: ArrayLike<number>): number {
  const steps = curve.length - 1;
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += ((curve[step] as number) + (curve[step + 1] as number)) / 2;
  return sum / steps;
}
