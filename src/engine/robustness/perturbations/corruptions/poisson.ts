/** Poisson draws by inversion. Of images' grey levels there are 256 means a severity, so their tables are kept. */

const TABLES = new Map<number, Float64Array>();
/** Five severities of 256 grey levels. */
const MOST_TABLES = 5 * 256;

/**
 * The smallest count whose cumulative probability is above u.
 * @param mean 0 … 700, beyond which e^−mean is no number any more
 * @param u uniform in [0, 1)
 */
export function poissonInverse(mean: number, u: number): number {
  const cumulative = tableOf(mean);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

function tableOf(mean: number): Float64Array {
  const known = TABLES.get(mean);
  if (known !== undefined) return known;
  const table = cumulativeProbabilities(mean);
  if (TABLES.size >= MOST_TABLES) TABLES.clear();
  TABLES.set(mean, table);
  return table;
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
