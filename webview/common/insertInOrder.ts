/**
 * Inserts an element among its siblings in a given order, for readers that go by the document's order.
 * @param parts the elements in order, including this one
 */
export function insertInOrder(
  parent: HTMLElement,
  parts: ReadonlyMap<number, { readonly element: HTMLElement }>,
  place: number,
): void {
  const part = parts.get(place);
  if (part === undefined) return;
  const next = [...parts.keys()].filter((other) => other > place).sort((a, b) => a - b)[0];
  parent.insertBefore(part.element, next === undefined ? null : (parts.get(next)?.element ?? null));
}
