/** The candidate that a mistyped word was probably meant to be: at most a third of its characters are wrong. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = plain(word);
  const scored = candidates.flatMap((candidate) => {
    const meant = plain(candidate);
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    // It takes at least as many insertions as they differ in length: that is cheap to know of thousands of words.
    if (Math.abs(typed.length - meant.length) > allowed) return [];
    const distance = editDistance(typed, meant);
    return distance <= allowed ? [{ candidate, distance }] : [];
  });
  return scored.sort((one, other) => one.distance - other.distance)[0]?.candidate;
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
