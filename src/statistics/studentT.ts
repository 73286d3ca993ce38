/** Student's t distribution, for whole degrees of freedom. */

/**
 * P(|T| ≤ t), by the finite series of Abramowitz & Stegun 1964, 26.7.3 and 26.7.4.
 * @param degrees of freedom, a whole number from 1
 */
function probabilityWithin(t: number, degrees: number): number {
  const angle = Math.atan2(t, Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 2 : 1; k <= degrees - 3; k += 2) {
    term *= (k / (k + 1)) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** How many standard errors a 95 % interval reaches to each side for a normal distribution: its 97.5 % quantile. */
export const NORMAL_975 = 1.959963984540054;

/** From here on the expansion around the normal quantile is exact to 1e-12 and the series long. */
const MANY = 1000;

/** The 97.5 % quantile of Student's t. @param degrees of freedom, a whole number from 1 */
export function studentT975(degrees: number): number {
  if (degrees >= MANY) return expanded(degrees);
  let [low, high] = [NORMAL_975, 13];
  while (high - low > 4e-15 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (probabilityWithin(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Abramowitz & Stegun 1964, 26.7.5. */
function expanded(degrees: number): number {
  const z = NORMAL_975;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3;
}
