/** Of several entries of one title, such as ones with other seeds, the second is "rotation 15° (2)". In their order. */
export function numberedTitles(titles: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return titles.map((title) => {
    const count = (counts.get(title) ?? 0) + 1;
    counts.set(title, count);
    return count === 1 ? title : `${title} (${count})`;
  });
}
