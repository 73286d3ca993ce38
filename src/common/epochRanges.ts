import { listed } from './listed';

/** "4, 6–9 and 11": neighbours together, ascending. */
export function epochRanges(epochs: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const epoch of [...epochs].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && epoch === last.to + 1) last.to = epoch;
    else ranges.push({ from: epoch, to: epoch });
  }
  return listed(
    ranges.flatMap(({ from, to }): (string | number)[] => {
      if (from === to) return [from];
      return to === from + 1 ? [from, to] : [`${from}–${to}`];
    }),
  );
}

/** The epochs between these that are not among them. @param epochs ascending */
export function epochsBetween(epochs: readonly number[]): number[] {
  const [first = 0, last = 0] = [epochs[0], epochs.at(-1)];
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i).filter(
    (each) => !epochs.includes(each),
  );
}
