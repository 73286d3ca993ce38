/** The candidate that a mistyped word was probably meant to be: at most a third of its characters are wrong. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates.map((candidate) => ({ candidate, distance: editDistance(plain(word), plain(candidate)) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  if (best === undefined) return undefined;
  const allowed = Math.max(1, Math.floor(Math.max(word.length, best.candidate.length) / 3));
  return best.distance <= allowed ? best.candidate : undefined;
}

const LONGEST_COMPARED = 100;

/** batch_size and batch-size are batchSize. */
function plain(word: string): string {
  return word
    .slice(0, LONGEST_COMPARED)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). Where swaps count twice, as in
 * plain edit distance, one in eight of them in a study's fields is no longer recognised.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(substituted, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
