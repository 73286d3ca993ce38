/**
 * Temperature scaling (Guo et al. 2017, section 4.2): logits are divided by one number T > 0, which changes no prediction,
 * chosen so that the labels of images that are not scored are likeliest.
 */
import { requireFinite, type LabelledLogits } from './outcomes';

/** The range that is searched. Where all images are right the NLL falls towards 0, by guesses towards infinity. */
export const TEMPERATURES = { lowest: 0.01, highest: 100 } as const;

export interface Fit {
  readonly value: number;
  /** Where the NLL still falls at a limit of the range, which: then that is the value. */
  readonly limit: 'lowest' | 'highest' | null;
}

const MOST_STEPS = 200;
const PRECISION = 1e-12;

/**
 * The NLL is convex in β = 1/T, so its slope, mean over images of Σ_c p_c z_c − z_label, has one root: Newton's steps on it
 * in double precision, and the middle of what is left wherever a step leaves that.
 * @param on at least one image @throws RangeError where logits are not finite
 */
export function fitTemperature(on: LabelledLogits): Fit {
  requireFinite(on.logits);
  let [low, high] = [1 / TEMPERATURES.highest, 1 / TEMPERATURES.lowest];
  if (slopeAt(on, low).slope >= 0) return { value: TEMPERATURES.highest, limit: 'highest' };
  if (slopeAt(on, high).slope <= 0) return { value: TEMPERATURES.lowest, limit: 'lowest' };
  let beta = 1;
  for (let step = 0; step < MOST_STEPS && high - low > PRECISION * low; step++) {
    const { slope, curvature } = slopeAt(on, beta);
    if (slope === 0) break;
    if (slope < 0) low = beta;
    else high = beta;
    const next = beta - slope / curvature;
    const moved = next > low && next < high ? next : Math.sqrt(low * high);
    if (Math.abs(moved - beta) <= PRECISION * beta) break;
    beta = moved;
  }
  return { value: 1 / beta, limit: null };
}

/** Of the mean NLL by β, once and twice; the second is the mean variance of the logits under p. */
function slopeAt({ logits, labels, classes }: LabelledLogits, beta: number): { slope: number; curvature: number } {
  let [slope, curvature] = [0, 0];
  for (let image = 0; image < labels.length; image++) {
    const first = image * classes;
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[first + c] as number);
    let [sum, mean, square] = [0, 0, 0];
    for (let c = 0; c < classes; c++) {
      // From the largest logit: differences lose no digits.
      const below = (logits[first + c] as number) - largest;
      const weight = Math.exp(beta * below);
      sum += weight;
      mean += weight * below;
      square += weight * below ** 2;
    }
    mean /= sum;
    slope += mean - ((logits[first + (labels[image] as number)] as number) - largest);
    curvature += square / sum - mean ** 2;
  }
  return { slope: slope / labels.length, curvature: curvature / labels.length };
}
