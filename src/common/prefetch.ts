/**
 * Prepares what comes next while its user works on what it has: so many ahead and no more, in their order. What goes
 * wrong is told when its turn comes. Whoever stops early asks for no more, and what is under way is dropped.
 */
export async function* prefetch<T, R>(
  items: Iterable<T>,
  depth: number,
  prepare: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const coming: Promise<R>[] = [];
  for (const item of items) {
    const result = prepare(item);
    // Heard when its turn comes, or never.
    result.catch(() => undefined);
    coming.push(result);
    if (coming.length > depth) yield await (coming.shift() as Promise<R>);
  }
  for (const result of coming) yield await result;
}
