/** Poisson draws by inversion. */

/** What draws of one mean are looked up in. */
export interface PoissonTable {
  /** The probability of at most 0, 1, 2 … */
  readonly cumulative: Float64Array;
  /** Where the search for a u of i / GUIDES or more begins: a Poisson draw is then found in a step or two. */
  readonly guide: Uint16Array;
}

const GUIDES = 256;

/** @param mean 0 … 700, beyond which e^−mean is no number any more */
export function poissonTable(mean: number): PoissonTable {
  const cumulative = cumulativeProbabilities(mean);
  const guide = new Uint16Array(GUIDES);
  for (let i = 0, count = 0; i < GUIDES; i++) {
    count = firstAbove(cumulative, i / GUIDES, count);
    guide[i] = count;
  }
  return { cumulative, guide };
}

/**
 * The smallest count whose cumulative probability is above u.
 * @param u uniform in [0, 1)
 */
export function poissonInverse({ cumulative, guide }: PoissonTable, u: number): number {
  return firstAbove(cumulative, u, guide[Math.floor(u * GUIDES)] as number);
}

function firstAbove(cumulative: Float64Array, u: number, from: number): number {
  let count = from;
  while (count < cumulative.length - 1 && (cumulative[count] as number) <= u) count++;
  return count;
}

/** Of 0, 1, 2 … up to ten standard deviations above the mean, past which nothing is ever drawn. */
function cumulativeProbabilities(mean: number): Float64Array {
  const counts = Math.ceil(mean + 10 * Math.sqrt(mean)) + 10;
  const cumulative = new Float64Array(counts);
  let probability = Math.exp(-mean);
  let sum = 0;
  for (let count = 0; count < counts; count++) {
    sum += probability;
    cumulative[count] = sum;
    probability *= mean / (count + 1);
  }
  return cumulative;
}
