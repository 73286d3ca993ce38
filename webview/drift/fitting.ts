/** As many epochs as fit, evenly spread, the first and the last among them. */
export function fittingEpochs(epochs: readonly number[], most: number): number[] {
  if (epochs.length <= most) return [...epochs];
  if (most < 2) return epochs.slice(-1);
  const step = (epochs.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => epochs[Math.round(place * step)] as number);
}
