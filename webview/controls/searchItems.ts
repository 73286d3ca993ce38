/** What a list that is searched is of, and what of it a search finds. */

export interface SearchItem {
  readonly value: string;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Other names that it is found by. */
  readonly aliases?: readonly string[] | undefined;
  /** The head that it stands under, with those beside it of the same group. */
  readonly group?: string | undefined;
  readonly title?: string | undefined;
}

/**
 * Those whose text or other names have every word of the query, in their order; first those that begin with it.
 * An empty query finds all.
 */
export function found(items: readonly SearchItem[], query: string): readonly SearchItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const [begins, others]: [SearchItem[], SearchItem[]] = [[], []];
  for (const item of items) {
    const names = [item.text, ...(item.aliases ?? [])].map((name) => name.toLowerCase());
    if (!words.every((word) => names.some((name) => name.includes(word)))) continue;
    (names.some((name) => name.startsWith(words[0] as string)) ? begins : others).push(item);
  }
  // Under heads, what stands together stays together.
  return items.some(({ group }) => group !== undefined)
    ? inOrder(items, [...begins, ...others])
    : [...begins, ...others];
}

function inOrder(items: readonly SearchItem[], some: readonly SearchItem[]): SearchItem[] {
  const are = new Set(some);
  return items.filter((item) => are.has(item));
}
