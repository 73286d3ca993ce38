/** As many evenly spread epochs as fit, including the first and the last. */
export function fittingEpochs(epochs: readonly number[], most: number): number[] {
  if (epochs.length <= most) return [...epochs];
  if (most < 2) return epochs.slice(-1);
  const step = (epochs.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => epochs[Math.round(place * step)] as number);
}
