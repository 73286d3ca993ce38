/**
 * The Gini index of the map's absolute values (Chalasani et al. 2020): 0 where all are the same, 1 − 1/n where one of n
 * has all. Null of a map of noughts.
 */
export function sparseness(map: Float32Array): number | null {
  const sorted = map.map(Math.abs).sort();
  const { length } = sorted;
  let [sum, weighed] = [0, 0];
  sorted.forEach((value, at) => {
    sum += value;
    weighed += value * (length - at - 0.5);
  });
  return sum > 0 ? 1 - (2 * weighed) / (sum * length) : null;
}
